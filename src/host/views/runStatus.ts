import * as vscode from 'vscode';
import type { TraceSnapshot } from '../../protocol/panelMessages';
import { DisposableStore, type Disposable } from '../disposables';
import type { Inspector } from '../inspection/inspector';
import { t } from '../words';

/** Left of most others, so that it does not hide behind them while it is there at all. */
const PRIORITY = 100;

/**
 * The running inspection in the status bar, where a reader who has left the panel finds it; a
 * click cancels. Also keeps the context keys that commands are shown by.
 */
export class RunStatus implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: vscode.StatusBarItem;
  private shown: boolean | null = null;

  constructor(private readonly inspector: Inspector) {
    this.item = this.store.add(
      vscode.window.createStatusBarItem('headlight.run', vscode.StatusBarAlignment.Left, PRIORITY),
    );
    this.item.name = t('Headlight');
    this.item.command = 'headlight.cancel';
    this.item.tooltip = t('Cancel this inspection');
    this.store.add(inspector.traces.on(() => this.update()));
    this.store.add(inspector.events.on(({ type }) => type !== 'picture' && this.update()));
    this.store.add(inspector.released.on(() => this.update()));
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { current, running } = this.inspector;
    if (running && current !== null) {
      this.item.text = `$(loading~spin) ${progressWords(current.snapshot)}`;
      this.item.accessibilityInformation = {
        label: progressWords(current.snapshot),
        role: 'button',
      };
    }
    if (this.shown === running) return;
    this.shown = running;
    if (running) this.item.show();
    else this.item.hide();
    void vscode.commands.executeCommand('setContext', 'headlight.running', running);
    void vscode.commands.executeCommand(
      'setContext',
      'headlight.inspected',
      this.inspector.last !== null,
    );
  }
}

function progressWords({ loading, plan, layers, written }: TraceSnapshot): string {
  if (loading !== null)
    return t('Headlight: loading the model, {percent} %', { percent: Math.floor(loading * 100) });
  if (plan === null) return t('Headlight: starting');
  if (written.length > 0) return t('Headlight: output token {count}', { count: written.length });
  const last = plan.model.layers.encoder;
  return t('Headlight: layer {layer} of {last}', { layer: layers.length, last });
}
