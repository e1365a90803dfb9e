import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { initialNavigation } from '../../src/protocol/panelMessages';
import type { TestApi } from '../../src/host/testApi';
import { FRENCH, ANIMAL } from './sentences';
import {
  fromPage,
  headlight,
  inspectSelection,
  isOver,
  openText,
  startOver,
  toPage,
} from './headlight';

describe('after a window reload', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  it('the revived panel shows the same text at the same place', async () => {
    await openText(`Before.\n${ANIMAL}`);
    await vscode.commands.executeCommand('cursorBottom');
    await inspectSelection();
    const before = await api.waitFor(isOver);
    const navigation = { ...initialNavigation, layer: 2, head: 3, hideSpecials: true };
    await api.panel.receive({ type: 'navigate', navigation });
    // What a reload does: the page and the trace are gone, VS Code brings a new empty panel.
    api.panel.close();
    api.stopEngine();
    assert.equal(api.current(), null);
    const welcome = toPage(api, 'welcome');
    const credit = fromPage(api, 'credit');
    const panel = vscode.window.createWebviewPanel(
      'headlight.inspector',
      '',
      vscode.ViewColumn.Two,
    );
    // The page's own state is newer than what the host was told.
    const newer = { ...navigation, head: 5 };
    await api.panel.deserializeWebviewPanel(panel, { navigation: newer });
    assert.deepEqual((await welcome).navigation, newer);
    await credit;
    const after = await api.waitFor(isOver);
    assert.equal(after.snapshot.output, FRENCH);
    assert.deepEqual(after.subject, before.subject);
    assert.equal(after.snapshot.origin, before.snapshot.origin);
  });
});
