import * as vscode from 'vscode';
import type { FromTokenView, ToTokenView } from '../../protocol/tokenViewMessages';
import { DisposableStore, type Disposable } from '../disposables';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { Rows } from '../inspection/rows';
import { Signal } from '../signal';
import { greeting, openPage } from './openPage';
import { TokenRelay } from './tokenRelay';

/** As in package.json's views. */
export const TOKEN_VIEW = 'headlight.token';

/** The side panel's *Token* view: the row of the chosen token as a table. */
export class TokenView implements Disposable, vscode.WebviewViewProvider {
  /** All that passes between page and host, for tests. */
  readonly received = new Signal<FromTokenView>();
  readonly sent = new Signal<ToTokenView>();
  private readonly store = new DisposableStore();
  /** What belongs to the view that is open; VS Code may take it away and ask for it again. */
  private open: DisposableStore | null = null;
  private relay: TokenRelay | null = null;

  constructor(
    private readonly dist: vscode.Uri,
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly rows: Rows,
  ) {
    this.store.add(vscode.window.registerWebviewViewProvider(TOKEN_VIEW, this));
  }

  /** What the page would do by sending the message. For tests. */
  async receive(message: unknown): Promise<void> {
    await this.relay?.receive(message);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    this.close();
    const own = new DisposableStore();
    const relay = own.add(
      new TokenRelay(
        (message) => {
          this.sent.emit(message);
          void webview.postMessage(message);
        },
        this.inspections,
        this.reader,
        this.rows,
        greeting(),
      ),
    );
    this.open = own;
    this.relay = relay;
    own.add(
      webview.onDidReceiveMessage((message: FromTokenView) => {
        this.received.emit(message);
        void relay.receive(message);
      }),
    );
    own.add(
      view.onDidChangeVisibility(() => {
        if (view.visible) relay.back();
        else relay.away();
      }),
    );
    own.add(
      view.onDidDispose(() => {
        if (this.open === own) this.close();
        else own.dispose();
      }),
    );
    openPage(webview, this.dist, 'token');
  }

  dispose(): void {
    this.close();
    this.store.dispose();
  }

  private close(): void {
    this.open?.dispose();
    this.open = null;
    this.relay = null;
  }
}
