import * as v from 'valibot';
import * as vscode from 'vscode';
import { keptNavigationSchema, type Navigation } from '../../protocol/navigation';
import type { FromPanel, ToPanel } from '../../protocol/panelMessages';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import { Signal } from '../signal';
import { t } from '../words';
import { greeting, openPage } from './openPage';
import { PanelRelay, type PanelActions } from './panelRelay';

/** As in package.json's activation events. */
export const INSPECTOR_VIEW = 'headlight.inspector';

/** Characters of the text that the panel's tab shows. */
const TITLE_CHARACTERS = 24;

/** What the page keeps with `setState`. */
const pageStateSchema = v.object({ navigation: keptNavigationSchema });

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly relay: PanelRelay;
}

/**
 * The inspector beside the editor: one panel a window. A trace that no document
 * holds goes when it is closed, not when it is hidden. After a window reload VS Code hands the panel back through the serializer.
 */
export class InspectorPanel implements Disposable, vscode.WebviewPanelSerializer {
  /** All that passes between page and host, for tests. */
  readonly received = new Signal<FromPanel>();
  readonly sent = new Signal<ToPanel>();
  private readonly store = new DisposableStore();
  private open: OpenPanel | null = null;

  constructor(
    private readonly dist: vscode.Uri,
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly engine: EngineClient,
    private readonly actions: PanelActions,
    /** Brings back what a revived panel showed, with the page's own word for where the reader stood. */
    private readonly recall: (navigation: Navigation | null) => void,
  ) {
    this.store.add(vscode.window.registerWebviewPanelSerializer(INSPECTOR_VIEW, this));
    this.store.add(inspections.shown.on(() => this.retitle()));
    this.store.add(inspections.dropped.on(() => this.retitle()));
  }

  get visible(): boolean {
    return this.open?.panel.visible === true;
  }

  show({ preserveFocus }: { readonly preserveFocus: boolean }): void {
    if (this.open !== null) {
      const { panel } = this.open;
      // In the reader's own column it would lie over the text that it is about.
      const covers =
        preserveFocus && panel.viewColumn === vscode.window.activeTextEditor?.viewColumn;
      panel.reveal(covers ? vscode.ViewColumn.Beside : undefined, preserveFocus);
      return;
    }
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    this.adopt(vscode.window.createWebviewPanel(INSPECTOR_VIEW, t('Headlight'), beside));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    this.adopt(panel);
    const kept = v.safeParse(pageStateSchema, state);
    if (this.inspections.current === null)
      this.recall(kept.success ? kept.output.navigation : null);
    return Promise.resolve();
  }

  /** What the page would do by sending the message. For tests. */
  async receive(message: unknown): Promise<void> {
    await this.open?.relay.receive(message);
  }

  /** Closes the panel as the reader would. For tests. */
  close(): void {
    this.open?.panel.dispose();
  }

  /** Lets go of the page but leaves the panel: on a reload VS Code is about to revive it. */
  dispose(): void {
    this.open?.relay.dispose();
    this.open = null;
    this.store.dispose();
  }

  private adopt(panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    panel.iconPath = vscode.Uri.joinPath(this.dist, '..', 'media', 'icon.png');
    const own = new DisposableStore();
    const relay = own.add(
      new PanelRelay(
        (message) => this.post(webview, message),
        this.inspections,
        this.reader,
        this.engine,
        this.actions,
        greeting(),
      ),
    );
    const before = this.open;
    this.open = { panel, relay };
    this.inspections.setPanelOpen(true);
    own.add(
      webview.onDidReceiveMessage((message: FromPanel) => {
        this.received.emit(message);
        void relay.receive(message);
      }),
    );
    own.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) relay.away();
      }),
    );
    panel.onDidDispose(() => {
      own.dispose();
      if (this.open?.panel !== panel) return;
      this.open = null;
      this.inspections.setPanelOpen(false);
    });
    before?.panel.dispose();
    openPage(webview, this.dist, 'inspector');
    this.retitle();
  }

  private post(webview: vscode.Webview, message: ToPanel): void {
    this.sent.emit(message);
    void webview.postMessage(message);
  }

  private retitle(): void {
    const text = this.inspections.current?.subject.text.trim().replaceAll(/\s+/g, ' ');
    if (this.open === null) return;
    if (text === undefined) {
      this.open.panel.title = t('Headlight');
      return;
    }
    const start = [...text].slice(0, TITLE_CHARACTERS).join('');
    this.open.panel.title = t('Attention: {text}', {
      text: start.length < text.length ? `${start}…` : start,
    });
  }
}
