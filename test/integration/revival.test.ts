import assert from 'node:assert/strict';
import * as vscode from 'vscode';
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
    const change = { layer: 2, head: 3, hideSpecials: true };
    await api.panel.receive({
      type: 'navigate',
      sequence: 1,
      trace: before.snapshot.trace,
      change,
    });
    const navigation = { ...before.navigation, ...change };
    // What a reload does: the page and the trace are gone, VS Code brings a new empty panel.
    api.panel.close();
    for (const { key } of api.inspections.all()) api.inspections.drop(key);
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
    assert.deepEqual((await welcome).state.navigation, newer);
    await credit;
    const after = await api.waitFor(isOver);
    assert.equal(after.snapshot.output, FRENCH);
    assert.deepEqual(after.subject, before.subject);
    assert.equal(after.snapshot.origin, before.snapshot.origin);
  });

  it('a text that its document no longer holds is shown from memory, and the page is told', async () => {
    const editor = await openText(ANIMAL);
    await inspectSelection();
    await api.waitFor(isOver);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 10)));
    await editor.document.save();
    api.panel.close();
    for (const { key } of api.inspections.all()) api.inspections.drop(key);
    const panel = vscode.window.createWebviewPanel(
      'headlight.inspector',
      '',
      vscode.ViewColumn.Two,
    );
    await api.panel.deserializeWebviewPanel(panel, undefined);
    const after = await api.waitFor(isOver);
    assert.deepEqual([after.subject.text, after.link], [ANIMAL, 'lost']);
    assert.equal(api.reader.state.link, 'lost');
  });
});
