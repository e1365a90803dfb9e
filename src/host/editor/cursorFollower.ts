import * as vscode from 'vscode';
import { keySide, querySide } from '../../navigation/traceState';
import { DisposableStore, type Disposable } from '../disposables';
import type { Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { TraceId } from '../../protocol/trace';
import { choosingText } from '../output/linkedChoice';
import type { OutputDocuments } from '../output/outputDocuments';
import type { DocumentLinks } from './documentLinks';
import { entriesIn, entrySpans } from './entrySpans';
import { tokenAtCursor } from './tokenAt';

/**
 * The token (or word) under the cursor is the query. A cursor that enters another inspected text makes that
 * one current. A stale text is left alone: its tokens are not where its numbers come from.
 */
export class CursorFollower implements Disposable {
  private readonly store = new DisposableStore();
  /** The newest run, if it began without a chosen token: then the cursor chooses. */
  private undecided: TraceId | null = null;

  constructor(
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly links: DocumentLinks,
    private readonly outputs: Pick<OutputDocuments, 'shows'>,
  ) {
    const { window } = vscode;
    this.store.add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
    );
    this.store.add(
      window.onDidChangeActiveTextEditor((editor) => {
        const inspection = editor && this.under(editor);
        if (!inspection) return;
        this.inspections.show(inspection.key);
        // A click where the cursor stood already is no move to VS Code: coming here has to do. But who
        // looks at what output tokens see of each other would lose the head by only coming here.
        if (isAboutText(inspection)) this.follow(editor);
      }),
    );
    this.store.add(
      inspections.shown.on(({ snapshot, navigation }) => {
        this.undecided = navigation.token === null ? snapshot.trace : null;
      }),
    );
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        const editor = window.activeTextEditor;
        if (event.type !== 'planned' || event.trace !== this.undecided) return;
        // A cursor that stands in another text has not moved: it takes nobody away from this one.
        if (editor !== undefined && this.under(editor)?.key === inspection.key) this.follow(editor);
      }),
    );
  }

  dispose(): void {
    this.store.dispose();
  }

  /** The inspection whose text the cursor is in. */
  private under({ document, selection }: vscode.TextEditor): Inspection | null {
    if (this.links.count === 0) return null;
    return this.links.around(document.uri.toString(), document.offsetAt(selection.active));
  }

  private follow(editor: vscode.TextEditor): void {
    const { document, selection } = editor;
    const inspection = this.under(editor);
    const link = inspection && this.links.linkOf(inspection.key);
    if (inspection === null || link === null) return;
    const offset = document.offsetAt(selection.active);
    this.inspections.show(inspection.key);
    // A selection of the whole text says what to inspect, not which token to look from.
    const [from, to] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
    const whole = link.parts.some(([start, end]) => from <= start && to >= end);
    if (link.stale || whole) return;
    const backwards = selection.isEmpty || selection.isReversed;
    const spans = entrySpans(entriesIn(inspection), link.spans);
    const index = tokenAtCursor(spans, backwards ? offset : offset - 1);
    const { current } = this.inspections;
    const token = current?.navigation.token;
    if (current === null || index === null) return;
    if (token?.side === 'source' && token.index === index) return;
    const fromOutput = this.outputs.shows(current)
      ? choosingText(current.snapshot, current.navigation, index)
      : null;
    if (fromOutput !== null) this.reader.navigate(fromOutput);
    else this.reader.choose({ side: 'source', index }, false);
  }
}

/** Whether the matrix that is chosen has the inspected text at one of its sides. */
const isAboutText = ({ snapshot, navigation: { stack } }: Inspection): boolean =>
  querySide(snapshot, stack) === 'source' || keySide(snapshot, stack) === 'source';
