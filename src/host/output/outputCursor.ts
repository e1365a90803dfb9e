import * as vscode from 'vscode';
import { currentStep, toStep } from '../../navigation/film';
import { givenCount } from '../../navigation/traceState';
import { DisposableStore, type Disposable } from '../disposables';
import type { DocumentLinks } from '../editor/documentLinks';
import { tokenAtCursor } from '../editor/tokenAt';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import { OUTPUT_SCHEME } from './outputAddress';
import type { OutputDocuments } from './outputDocuments';

/**
 * The cursor in an output chooses the step that wrote the token there: its query is the token before
 * it, and the text is coloured by what the model looked at when it wrote. Text that grows under the
 * cursor is no move of the reader's.
 */
export class OutputCursor implements Disposable {
  private readonly store = new DisposableStore();
  /** What was selected for the reader, not by him. */
  private shown: vscode.Selection | null = null;

  constructor(
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly documents: OutputDocuments,
    private readonly links: Pick<DocumentLinks, 'around'>,
  ) {
    const { window } = vscode;
    this.store.add(
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (kind !== undefined) this.follow(textEditor);
      }),
    );
    this.store.add(
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor === undefined) return;
        const inspection = this.documents.inspectionIn(editor.document.uri.toString());
        if (inspection !== null && !this.isInspected(editor)) this.inspections.show(inspection.key);
      }),
    );
  }

  /** Selects characters without choosing their token: that is what the reader comes from. */
  select(editor: vscode.TextEditor, selection: vscode.Selection): void {
    if (editor.selection.isEqual(selection)) return;
    this.shown = selection;
    editor.selection = selection;
  }

  dispose(): void {
    this.store.dispose();
  }

  private follow(editor: vscode.TextEditor): void {
    const { document, selection } = editor;
    if (document.uri.scheme !== OUTPUT_SCHEME || this.isInspected(editor)) return;
    const { shown } = this;
    this.shown = null;
    if (shown?.isEqual(selection) === true) return;
    const uri = document.uri.toString();
    const inspection = this.documents.inspectionIn(uri);
    if (inspection === null) return;
    // What left the engine's memory is run anew: then there is nothing to choose yet.
    this.inspections.show(inspection.key);
    const link = this.documents.linkIn(uri);
    if (link === null) return;
    const [from, to] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
    // Who selects everything wants to copy it.
    if (from < to && from === 0 && to === link.text.length) return;
    const offset = document.offsetAt(selection.active);
    const backwards = selection.isEmpty || selection.isReversed;
    const token = tokenAtCursor(link.spans, backwards ? offset : offset - 1);
    if (token !== null) this.stand(link.inspection.snapshot, token);
  }

  private stand(snapshot: Parameters<typeof toStep>[0], token: number): void {
    const { current } = this.inspections;
    if (current === null || current.snapshot.trace !== snapshot.trace) return;
    const { navigation } = current;
    const step = token - givenCount(snapshot);
    const change = toStep(snapshot, navigation, step);
    const stands =
      navigation.token?.locked === true &&
      navigation.direction === change.direction &&
      change.stack === undefined &&
      currentStep(snapshot, navigation) === step;
    if (!stands) this.reader.navigate(change);
  }

  /** A text that is inspected in the output is what its cursor is about. */
  private isInspected({ document, selection }: vscode.TextEditor): boolean {
    const { uri } = document;
    return (
      uri.scheme === OUTPUT_SCHEME &&
      this.links.around(uri.toString(), document.offsetAt(selection.active)) !== null
    );
  }
}
