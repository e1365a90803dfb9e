import * as vscode from 'vscode';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import { DisposableStore, type Disposable } from '../disposables';
import type { Clock } from '../engine/clock';
import type { Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import { Signal } from '../signal';
import { t } from '../words';
import { OUTPUT_LANGUAGE, OUTPUT_SCHEME, outputKey, outputName } from './outputAddress';
import { outputSpans } from './outputSpans';
import type { ShownOutput } from './outputStrokes';

/** A text that grows ten times a second grows smoothly; a fast model writes a hundred tokens in it. */
const GROWTH_MS = 100;

/** An output in its open document. */
export interface OutputLink extends ShownOutput {
  readonly inspection: Inspection;
}

/**
 * Outputs as documents that nobody can write in. Each belongs to a place that was inspected and
 * follows it: it grows with what the model writes, becomes another branch with the reader, and keeps
 * its last text when a run fails or the inspection goes. Without one (after a window reload) it is empty.
 */
export class OutputDocuments implements vscode.TextDocumentContentProvider, Disposable {
  /** The URI of a document that shows another inspection's output now, or came or went. */
  readonly changed = new Signal<string>();
  private readonly store = new DisposableStore();
  private readonly news = this.store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.news.event;
  /** By document: what it was told last. */
  private readonly texts = new Map<string, string>();
  /** By inspection: the document it was first opened in, wherever its text has moved since. */
  private readonly keys = new Map<number, string>();
  private waiting: Disposable | null = null;

  constructor(
    private readonly inspections: Inspections,
    private readonly clock: Clock,
  ) {
    const { workspace } = vscode;
    this.store.add(workspace.registerTextDocumentContentProvider(OUTPUT_SCHEME, this));
    this.store.add(inspections.shown.on((inspection) => this.adopt(inspection)));
    this.store.add(
      inspections.events.on(({ event }) => {
        if (event.type === 'token' || event.type === 'finished') this.soon();
      }),
    );
    this.store.add(
      inspections.dropped.on(({ key }) => {
        this.keys.delete(key);
        this.tellAll();
      }),
    );
    this.store.add(workspace.onDidOpenTextDocument((document) => this.opened(document)));
    this.store.add(
      workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
        if (!isClosed || uri.scheme !== OUTPUT_SCHEME) return;
        this.texts.delete(uri.query);
        this.changed.emit(uri.toString());
      }),
    );
  }

  /** The document of an inspection's output, open or not. */
  uriOf({ key, subject }: Inspection): vscode.Uri {
    const query = this.keys.get(key) ?? outputKey(subject);
    this.keys.set(key, query);
    const open = openOutputs().find(({ uri }) => uri.query === query);
    const path = `/${outputName(subject, t)}`;
    return open?.uri ?? vscode.Uri.from({ scheme: OUTPUT_SCHEME, path, query });
  }

  /** The inspection whose output a document shows, of several the one used last; null: none now. */
  inspectionIn(uri: string): Inspection | null {
    if (!uri.startsWith(`${OUTPUT_SCHEME}:`)) return null;
    const { query } = vscode.Uri.parse(uri);
    return this.inspections.all().findLast((one) => this.keyOf(one) === query) ?? null;
  }

  /** The output in an open document; null: it shows none of an inspection. */
  linkIn(uri: string): OutputLink | null {
    const inspection = this.inspectionIn(uri);
    if (inspection === null) return null;
    const text = openOutputs()
      .find((document) => document.uri.toString() === uri)
      ?.getText();
    return text === undefined
      ? null
      : { inspection, text, spans: outputSpans(inspection.snapshot, text) };
  }

  /** URIs of open documents that show an inspection's output. */
  documents(): ReadonlySet<string> {
    const open = openOutputs().map(({ uri }) => uri.toString());
    return new Set(open.filter((uri) => this.inspectionIn(uri) !== null));
  }

  /** Whether the output of an inspection is on screen. */
  shows(inspection: Inspection): boolean {
    return vscode.window.visibleTextEditors.some(
      ({ document: { uri } }) =>
        uri.scheme === OUTPUT_SCHEME && uri.query === this.keyOf(inspection),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const text = this.textOf(uri);
    this.texts.set(uri.query, text);
    return text;
  }

  dispose(): void {
    this.waiting?.dispose();
    this.store.dispose();
    this.texts.clear();
    this.keys.clear();
  }

  private keyOf({ key, subject }: Inspection): string {
    return this.keys.get(key) ?? outputKey(subject);
  }

  /** What was inspected again after a reload has its document still: from then on that follows it. */
  private adopt(inspection: Inspection): void {
    const key = this.keyOf(inspection);
    if (openOutputs().some(({ uri }) => uri.query === key)) this.keys.set(inspection.key, key);
    this.tellAll();
    this.soon();
  }

  private opened(document: vscode.TextDocument): void {
    const { uri, languageId } = document;
    if (uri.scheme !== OUTPUT_SCHEME) return;
    if (languageId !== OUTPUT_LANGUAGE)
      void vscode.languages.setTextDocumentLanguage(document, OUTPUT_LANGUAGE);
    this.changed.emit(uri.toString());
    // Of what was written while it opened VS Code was not told: it hears nothing of a document it does not have yet.
    this.soon();
  }

  private tellAll(): void {
    for (const { uri } of openOutputs()) this.changed.emit(uri.toString());
  }

  private soon(): void {
    this.waiting ??= this.clock.after(GROWTH_MS, () => {
      this.waiting = null;
      for (const document of openOutputs()) {
        const { uri } = document;
        const now = this.textOf(uri);
        if (this.texts.get(uri.query) !== now || document.getText() !== now) this.news.fire(uri);
      }
    });
  }

  /**
   * The text a document should have now. A run leaves what was there until it has written something
   * else: a reader's cursor stays where it is while the same words are written again.
   */
  private textOf({ query }: vscode.Uri): string {
    const inspection = this.inspections.all().findLast((one) => this.keyOf(one) === query);
    const snapshot = inspection?.snapshot;
    const known = this.texts.get(query) ?? '';
    return snapshot === undefined || isOnTheWayTo(snapshot, known) ? known : snapshot.output;
  }
}

const openOutputs = (): readonly vscode.TextDocument[] =>
  vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === OUTPUT_SCHEME);

/** Whether a run may still come to this text, or failed before it wrote any other. */
const isOnTheWayTo = ({ written, outcome, output }: TraceSnapshot, text: string): boolean =>
  outcome === null ? text.startsWith(output) : written.length === 0 && outcome !== 'complete';
