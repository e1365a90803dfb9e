import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../disposables';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { Models } from '../models/models';
import { t } from '../words';
import { readyLine, statusLine } from './statusLine';

/** Left of most others, so that it does not hide behind them while it is there at all. */
const PRIORITY = 100;

/**
 * The current inspection in the status bar, where a reader who has left the panel finds it: how far
 * its run is, where the reader stands in it, or what is to be done about it. One item for all of that.
 */
export class StatusItem implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: vscode.StatusBarItem;

  constructor(
    private readonly inspections: Inspections,
    reader: Reader,
    private readonly models: Models,
  ) {
    this.item = this.store.add(
      vscode.window.createStatusBarItem(
        'headlight.status',
        vscode.StatusBarAlignment.Left,
        PRIORITY,
      ),
    );
    this.item.name = t('Headlight');
    this.store.add(reader.changed.on(() => this.update()));
    this.store.add(inspections.shown.on(() => this.update()));
    this.store.add(inspections.dropped.on(() => this.update()));
    this.store.add(models.changed.on(() => this.update()));
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (event.type !== 'picture' && inspection.key === inspections.current?.key) this.update();
      }),
    );
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { current } = this.inspections;
    const { chosen, builtIn } = this.models;
    // With the built-in model there is nothing to tell before a text is read.
    if (current === null && chosen === builtIn) {
      this.item.hide();
      return;
    }
    const line =
      current === null
        ? readyLine(this.models.nameOf(chosen), t)
        : statusLine(current, this.models.nameOf(current.subject.model), t);
    const { text, tooltip, label, command } = line;
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label, role: 'button' };
    this.item.command = command;
    this.item.show();
  }
}
