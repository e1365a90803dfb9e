import * as vscode from 'vscode';
import type { ScaleTheme } from '../../palette/weightScale';
import { DisposableStore, type Disposable } from '../disposables';
import { rangeOf } from '../editor/documentText';
import type { Span } from '../editor/trackedText';
import { systemClock } from '../engine/clock';
import { HoverRegistration } from '../hover/hoverRegistration';
import type { Inspection } from '../inspection/inspection';
import type { Services } from '../services';
import { colourScale, hoverEnabled } from '../settings';
import { linking } from './linkedChoice';
import { openOutput } from './openOutput';
import { OutputCursor } from './outputCursor';
import { OutputDocuments } from './outputDocuments';
import { OutputHovers } from './outputHovers';
import { placeIn } from './outputSpans';

/** Outputs beside their texts: the documents, their cursor and their hovers. */
export class OutputFeatures implements Disposable {
  private readonly store = new DisposableStore();
  readonly documents: OutputDocuments;
  private readonly cursor: OutputCursor;
  private readonly inspections: Services['inspections'];
  private readonly reader: Services['reader'];

  constructor({ inspections, reader, links, rows }: Services, theme: () => ScaleTheme) {
    this.inspections = inspections;
    this.reader = reader;
    this.documents = this.store.add(new OutputDocuments(inspections, systemClock));
    this.cursor = this.store.add(new OutputCursor(inspections, reader, this.documents, links));
    const hovers = new OutputHovers(this.documents, links, { rows }, theme, colourScale);
    this.store.add(new HoverRegistration(this.documents, hovers, hoverEnabled));
  }

  /**
   * Opens the output beside its text, and has the reader look at what the two have to do with each other.
   * @throws Failure `trace.starting`, `writing.noOutput`, `trace.noOutput`
   */
  async open(inspection: Inspection): Promise<void> {
    await openOutput(this.documents, inspection);
    const { current } = this.inspections;
    if (current?.key === inspection.key)
      this.reader.navigate(linking(current.snapshot, current.navigation));
  }

  /** Selects characters of the output in its document, which is opened if it is closed. @throws as `open` */
  async reveal(inspection: Inspection, span: Span): Promise<void> {
    const editor = await openOutput(this.documents, inspection);
    const { document } = editor;
    const { output } = this.inspections.get(inspection.key)?.snapshot ?? inspection.snapshot;
    const place = placeIn(output, document.getText())(span);
    if (place === null) return;
    const range = rangeOf(document, place);
    this.cursor.select(editor, new vscode.Selection(range.start, range.end));
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    this.store.dispose();
  }
}
