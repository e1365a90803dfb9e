import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fourDecimals } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL } from './sentences';
import { chosenLabel, headlight, inspectWords, openText, startOver, until } from './headlight';

describe('hovers', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  /** What VS Code would show at some words of a document. */
  async function hoverOn(document: vscode.TextDocument, words: string): Promise<vscode.Hover[]> {
    const offset = document.getText().indexOf(words);
    return vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(offset),
    );
  }

  function markdownOf([hover]: readonly vscode.Hover[]): vscode.MarkdownString {
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString, 'there is no hover');
    return content;
  }

  it('exist only while a document is inspected, and only on its tokens', async () => {
    const editor = await openText(`Before. ${ANIMAL} After.`);
    assert.equal(api.editor.hovers.active, false);
    await inspectWords(api, editor, ANIMAL);
    assert.equal(api.editor.hovers.active, true);
    const [hover] = await hoverOn(editor.document, 'animal');
    assert.ok(hover?.range);
    assert.equal(editor.document.getText(hover.range), 'animal');
    assert.deepEqual(await hoverOn(editor.document, 'Before'), []);
    assert.deepEqual(await hoverOn(editor.document, 'After'), []);
    await vscode.commands.executeCommand('headlight.clear');
    await until(() => !api.editor.hovers.active);
    assert.deepEqual([api.links.count, api.editor.colours.count], [0, 0]);
  });

  it('say the numbers of the row, trust only our own commands, and hold no HTML', async () => {
    const editor = await openText(ANIMAL);
    const { snapshot } = await inspectWords(api, editor, ANIMAL);
    api.reader.navigate({ layer: 2, head: 3 });
    const content = markdownOf(await hoverOn(editor.document, 'it was'));
    const it = snapshot.plan?.source.findIndex(({ label }) => label.trim() === 'it') ?? -1;
    const { stack, layer, head, hideSpecials, direction, unit } = api.reader.state.navigation;
    const row = await api.engine.ask(snapshot.trace, {
      name: 'row',
      question: { stack, layer, head, hideSpecials, direction, unit, token: it },
    });
    const strongest = Math.max(...numbersOf(row.weights));
    assert.ok(content.value.includes(fourDecimals(strongest)), content.value);
    assert.ok(content.value.includes(String(snapshot.plan?.source[it]?.id)));
    assert.equal(content.supportHtml ?? false, false);
    assert.ok(typeof content.isTrusted === 'object');
    for (const command of content.isTrusted.enabledCommands) assert.match(command, /^headlight\./);
    assert.match(content.value, /data:image\/svg/);
  });

  it('lead to the panel, at this token and at that head', async () => {
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    api.panel.close();
    const { value } = markdownOf(await hoverOn(editor.document, 'animal'));
    const [, coded = ''] = /command:headlight\.revealToken\?([^)\s]+)/.exec(value) ?? [];
    const args = JSON.parse(decodeURIComponent(coded)) as unknown[];
    await vscode.commands.executeCommand('headlight.revealToken', ...args);
    assert.equal(chosenLabel(await api.waitFor((now) => chosenLabel(now) === 'animal')), 'animal');
    assert.equal(api.panel.visible, true);
    const [, head = ''] = /command:headlight\.showHead\?([^)\s]+)/.exec(value) ?? [];
    const wanted = JSON.parse(decodeURIComponent(head)) as [string, string, number, number];
    await vscode.commands.executeCommand('headlight.showHead', ...wanted);
    const { navigation } = api.reader.state;
    assert.deepEqual([navigation.stack, navigation.layer, navigation.head], wanted.slice(1, 4));
  });

  it('take no nonsense from whoever runs their commands', async () => {
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    const before = api.reader.state.navigation;
    for (const args of [[], ['trace-1', 'source', -1], [null], ['trace-1', 'elsewhere', 1]])
      await vscode.commands.executeCommand('headlight.revealToken', ...args);
    await vscode.commands.executeCommand('headlight.showHead', 'gone', 'encoder', 0, 0);
    assert.deepEqual(api.reader.state.navigation, before);
  });

  it('are switched off by their setting', async () => {
    const settings = vscode.workspace.getConfiguration('headlight');
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    await settings.update('hover.enabled', false, vscode.ConfigurationTarget.Global);
    try {
      await until(() => !api.editor.hovers.active);
      assert.deepEqual(await hoverOn(editor.document, 'animal'), []);
    } finally {
      await settings.update('hover.enabled', undefined, vscode.ConfigurationTarget.Global);
    }
    await until(() => api.editor.hovers.active);
  });

  it('of an edited text say so instead of telling old numbers', async () => {
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 4), 'old '));
    await api.waitFor(({ link }) => link === 'stale');
    const { value } = markdownOf(await hoverOn(editor.document, 'street'));
    assert.match(value, /command:headlight\.inspectAgain/);
  });
});
