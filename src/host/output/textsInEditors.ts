import { DisposableStore, type Disposable } from '../disposables';
import type { ColouredTexts, ColourLimits } from '../editor/colouredTexts';
import type { ColourSurface } from '../editor/colourSurface';
import type { Stroke } from '../editor/brush';
import type { Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { ChosenRow } from '../inspection/rows';
import { Signal } from '../signal';
import type { OutputDocuments } from './outputDocuments';
import { coloursOutput, outputStrokes } from './outputStrokes';

/**
 * Inspected texts in their documents, and outputs in theirs. A text may be inspected in an output as
 * well: its document shows then whichever is the current inspection.
 */
export class TextsInEditors implements ColouredTexts, Disposable {
  readonly changed = new Signal<string>();
  private readonly store = new DisposableStore();

  constructor(
    private readonly inspected: ColouredTexts,
    private readonly outputs: Pick<OutputDocuments, 'changed' | 'inspectionIn' | 'linkIn'>,
    private readonly inspections: Pick<Inspections, 'current'>,
  ) {
    for (const { changed } of [inspected, outputs])
      this.store.add(changed.on((uri) => this.changed.emit(uri)));
  }

  inspectionIn(uri: string): Inspection | null {
    const inspected = this.inspected.inspectionIn(uri);
    const own = this.outputs.inspectionIn(uri);
    if (own === null || inspected === null) return own ?? inspected;
    return inspected.key === this.inspections.current?.key ? inspected : own;
  }

  asksRow(uri: string, inspection: Inspection): boolean {
    return this.isOutput(uri, inspection)
      ? coloursOutput(inspection)
      : this.inspected.asksRow(uri, inspection);
  }

  strokes(
    surface: Pick<ColourSurface, 'uri' | 'visible' | 'selected'>,
    inspection: Inspection,
    row: ChosenRow | null,
    limits: ColourLimits,
  ): readonly Stroke[] | null {
    if (!this.isOutput(surface.uri, inspection))
      return this.inspected.strokes(surface, inspection, row, limits);
    const link = this.outputs.linkIn(surface.uri);
    return link && outputStrokes(surface, inspection, link, row, limits);
  }

  isTyped(uri: string): boolean {
    return this.outputs.inspectionIn(uri) === null;
  }

  dispose(): void {
    this.store.dispose();
  }

  private isOutput(uri: string, { key }: Inspection): boolean {
    return this.outputs.inspectionIn(uri)?.key === key;
  }
}
