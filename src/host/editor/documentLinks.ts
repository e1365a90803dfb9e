import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import type { Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Place, Subject } from '../inspection/subject';
import { Signal } from '../signal';
import { containerOf, offsetOf, openDocument, textOf } from './documentText';
import { enteredTabs, leftTabs } from './documentTabs';
import { textIn, type TextInDocument } from './textInDocument';
import { tokenOver } from './tokenAt';
import { locate, type SoughtText, type TrackedParts } from './trackedParts';
import type { Span } from './trackedText';

/** Where the inspected text stands in an open document now; offsets in UTF-16 units. */
export interface TextLink {
  readonly uri: string;
  /** The text, or both texts of a pair. */
  readonly parts: readonly Span[];
  /** Some of it was edited. */
  readonly stale: boolean;
  /** Of each source token; null where no text stands for it. */
  readonly spans: readonly (Span | null)[];
}

/** A token of an inspected text in a document. */
export interface TokenInDocument {
  readonly inspection: Inspection;
  readonly link: TextLink;
  /** Index among the source tokens. */
  readonly token: number;
}

/**
 * Ties inspections to the documents their texts stand in: follows edits, marks what became stale,
 * lets go of closed documents and finds them again when they are opened. Documents that nobody
 * inspected cost one look-up an edit.
 */
export class DocumentLinks implements Disposable {
  /** The URI of a document in which an inspected text came, went or moved. */
  readonly changed = new Signal<string>();
  private readonly store = new DisposableStore();
  /** By inspection. */
  private readonly tracked = new Map<
    number,
    { readonly uri: string; readonly text: TrackedParts }
  >();

  constructor(private readonly inspections: Inspections) {
    const { workspace } = vscode;
    this.store.add(inspections.shown.on((inspection) => this.attach(inspection)));
    this.store.add(inspections.dropped.on(({ key }) => this.detach(key)));
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (event.type === 'planned') this.setTokens(inspection);
      }),
    );
    this.store.add(workspace.onDidChangeTextDocument((event) => this.edited(event)));
    this.store.add(
      workspace.onDidCloseTextDocument(({ uri, isClosed }) => {
        // Told of a document, too, whose language is another one now: that one is still open.
        if (isClosed) this.closed(uri.toString());
      }),
    );
    this.store.add(workspace.onDidOpenTextDocument((document) => this.opened(document)));
    // Others may keep a document in memory long after its last tab is closed; the reader did close it.
    this.store.add(
      vscode.window.tabGroups.onDidChangeTabs((event) => {
        for (const uri of leftTabs(event)) this.closed(uri);
        for (const uri of enteredTabs(event)) this.found(uri);
      }),
    );
  }

  /** Texts in documents now. */
  get count(): number {
    return this.tracked.size;
  }

  linkOf(key: number): TextLink | null {
    const found = this.tracked.get(key);
    if (found === undefined) return null;
    const { uri, text } = found;
    const { parts, stale, spans } = text;
    return { uri, parts, stale, spans };
  }

  /** Inspections with a text in this document, the current or latest used first. */
  inDocument(uri: string): readonly Inspection[] {
    return this.inspections
      .all()
      .filter(({ key }) => this.tracked.get(key)?.uri === uri)
      .toReversed();
  }

  /** Inspections with a text in the document's file: of a notebook's cell, in all cells. */
  inFile(uri: string): readonly Inspection[] {
    const file = containerOf(uri);
    return this.inspections.all().filter(({ key }) => {
      const own = this.tracked.get(key)?.uri;
      return own !== undefined && containerOf(own) === file;
    });
  }

  /** URIs of documents with inspected texts. */
  documents(): ReadonlySet<string> {
    return new Set([...this.tracked.values()].map(({ uri }) => uri));
  }

  /** The inspection whose text covers an offset, its edges included. */
  around(uri: string, offset: number): Inspection | null {
    return (
      this.inDocument(uri).find(({ key }) => this.tracked.get(key)?.text.hold(offset) === true) ??
      null
    );
  }

  /** The token whose characters are at an offset. */
  at(uri: string, offset: number): TokenInDocument | null {
    for (const inspection of this.inDocument(uri)) {
      const link = this.linkOf(inspection.key);
      const token = link && tokenOver(link.spans, offset);
      if (link !== null && token !== null) return { inspection, link, token };
    }
    return null;
  }

  /** The text (and its pair) as its document has it now, with its place; null if it is in none. */
  textNow(key: number): TextInDocument | null {
    const found = this.tracked.get(key);
    const document = found && openDocument(found.uri);
    if (found === undefined || document === undefined) return null;
    return textIn(document, found.text.parts);
  }

  dispose(): void {
    this.store.dispose();
    this.tracked.clear();
  }

  /** `yielding`: not where another inspection's text stands. */
  private attach(inspection: Inspection, yielding = false): void {
    const { key, subject } = inspection;
    if (subject.place === null) return;
    const { uri } = subject.place;
    const before = this.tracked.get(key);
    // Shown again, or run anew as it was: its place is known, and edits are counted already.
    if (before?.uri === uri && before.text.areOf(subject)) return;
    const document = openDocument(uri);
    const text = document && locate(textOf(document), soughtIn(document, subject));
    if (text === undefined || text === null) {
      this.detach(key);
      this.inspections.update(key, { link: 'lost' });
      return;
    }
    const others = this.overlapping(key, uri, text);
    if (yielding && others.length > 0) return;
    // Two readings of the same characters cannot be coloured at once: the older one gives way.
    for (const other of others) {
      this.detach(other);
      this.inspections.update(other, { link: 'lost' });
    }
    this.tracked.set(key, { uri, text });
    this.setTokens(inspection);
    this.inspections.update(key, { link: 'linked' });
    this.changed.emit(uri);
  }

  /** Keys of other inspections that share characters with a text. */
  private overlapping(key: number, uri: string, own: TrackedParts): number[] {
    return [...this.tracked].flatMap(([other, { uri: there, text }]) =>
      other !== key && there === uri && text.overlap(own) ? [other] : [],
    );
  }

  private setTokens({ key, snapshot }: Inspection): void {
    const found = this.tracked.get(key);
    if (found === undefined || snapshot.plan === null) return;
    const { uri, text } = found;
    const document = text.stale ? openDocument(uri) : undefined;
    text.setTokens(snapshot.plan.source, document && textOf(document));
    this.changed.emit(found.uri);
  }

  private detach(key: number): void {
    const found = this.tracked.get(key);
    if (!this.tracked.delete(key) || found === undefined) return;
    this.changed.emit(found.uri);
  }

  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (this.tracked.size === 0 || contentChanges.length === 0) return;
    const uri = document.uri.toString();
    const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      offset: rangeOffset,
      length: rangeLength,
      text,
    }));
    let any = false;
    for (const [key, { uri: other, text }] of this.tracked) {
      if (other !== uri) continue;
      any = true;
      text.apply(edits, textOf(document));
      this.inspections.update(key, { link: text.stale ? 'stale' : 'linked' });
    }
    if (any) this.changed.emit(uri);
  }

  /** A document, or a notebook with all its cells, is no longer open. */
  private closed(uri: string): void {
    for (const [key, { uri: own }] of this.tracked) {
      if (own !== uri && containerOf(own) !== uri) continue;
      this.detach(key);
      this.inspections.update(key, { link: 'lost' });
    }
  }

  /** A document that comes back may hold an inspected text still. */
  private opened(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    // The one used last first: of several readings of the same characters it is the one to colour.
    for (const inspection of this.inspections.all().toReversed())
      if (inspection.link === 'lost' && inspection.subject.place?.uri === uri)
        this.attach(inspection, true);
  }

  /** A tab shows a document that may have been in memory all the time. */
  private found(uri: string): void {
    const document = openDocument(uri);
    if (document !== undefined) this.opened(document);
  }
}

/** The texts of a subject and where its place says they are. */
function soughtIn(document: vscode.TextDocument, { text, place, pair }: Subject): SoughtText[] {
  const offset = (at: Place | null): number => (at === null ? 0 : offsetOf(document, at));
  const first = { text, offset: offset(place) };
  return pair === null ? [first] : [first, { text: pair.text, offset: offset(pair.place) }];
}
