import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import type { DocumentLinks } from '../editor/documentLinks';
import { onSettingsChange } from '../settings';

/**
 * Registers the hovers while there is an inspected document of their kind, and only then: VS Code
 * asks every registered provider about every word that is pointed at.
 */
export class HoverRegistration implements Disposable {
  private readonly store = new DisposableStore();
  private registered: Disposable | null = null;
  /** Schemes that it is registered for, in one string. */
  private known = '';

  constructor(
    private readonly links: Pick<DocumentLinks, 'changed' | 'documents'>,
    private readonly hovers: vscode.HoverProvider,
    private readonly enabled: () => boolean,
  ) {
    this.store.add(links.changed.on(() => this.refresh()));
    this.store.add(onSettingsChange(() => this.refresh()));
    this.refresh();
  }

  /** Whether VS Code has a provider of ours now. For tests. */
  get active(): boolean {
    return this.registered !== null;
  }

  dispose(): void {
    this.store.dispose();
    this.registered?.dispose();
    this.registered = null;
  }

  private refresh(): void {
    const schemes = this.enabled() ? schemesOf(this.links.documents()) : [];
    const wanted = schemes.join();
    if (wanted === this.known) return;
    this.known = wanted;
    this.registered?.dispose();
    this.registered =
      schemes.length === 0
        ? null
        : vscode.languages.registerHoverProvider(
            schemes.map((scheme) => ({ scheme })),
            this.hovers,
          );
  }
}

const schemesOf = (uris: ReadonlySet<string>): string[] =>
  [...new Set([...uris].map((uri) => vscode.Uri.parse(uri).scheme))].sort();
