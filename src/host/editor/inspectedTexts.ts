import type { Inspection } from '../inspection/inspection';
import type { ChosenRow } from '../inspection/rows';
import type { Stroke } from './brush';
import type { ColouredTexts, ColourLimits } from './colouredTexts';
import type { ColourSurface } from './colourSurface';
import type { DocumentLinks } from './documentLinks';
import { coloursText, inspectionStrokes } from './inspectionStrokes';

/** The inspected texts in the reader's own documents. */
export class InspectedTexts implements ColouredTexts {
  readonly changed: ColouredTexts['changed'];

  constructor(private readonly links: Pick<DocumentLinks, 'changed' | 'inDocument' | 'linkOf'>) {
    this.changed = links.changed;
  }

  /** Of a document's inspections the one used last. */
  inspectionIn(uri: string): Inspection | null {
    return this.links.inDocument(uri)[0] ?? null;
  }

  asksRow(_: string, inspection: Inspection): boolean {
    return coloursText(inspection);
  }

  strokes(
    surface: Pick<ColourSurface, 'visible' | 'selected'>,
    inspection: Inspection,
    row: ChosenRow | null,
    { scale, limit }: ColourLimits,
  ): readonly Stroke[] | null {
    const link = this.links.linkOf(inspection.key);
    return link && inspectionStrokes(surface, inspection, link, row, scale, limit);
  }

  isTyped(): boolean {
    return true;
  }
}
