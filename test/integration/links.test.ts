import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL } from './sentences';
import { headlight, inspectWords, isOver, next, openText, startOver } from './headlight';

describe('links to a view', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  const address = async (): Promise<string> => {
    await vscode.commands.executeCommand('headlight.copyLink');
    return vscode.env.clipboard.readText();
  };

  const close = (): Thenable<unknown> =>
    vscode.commands.executeCommand('workbench.action.closeAllEditors');

  it('reopen document, text, head, direction and token', async () => {
    const editor = await openText(`First.\n${ANIMAL}`);
    await inspectWords(api, editor, ANIMAL);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Moved. '));
    await editor.document.save();
    api.reader.navigate({ layer: 1, head: 5, hideSpecials: true });
    api.reader.choose({ side: 'source', index: 3 }, true);
    api.reader.navigate({ direction: 'lookedAt' });
    const { navigation } = api.reader.state;
    const link = await address();
    assert.match(link, /^[\w-]+:\/\/headlight\.headlight\/view\?v(=|%3D)/);
    await close();
    await api.openLink(link);
    const after = await api.waitFor(isOver);
    assert.deepEqual(after.navigation, navigation);
    assert.equal(after.subject.text, ANIMAL);
    assert.equal(after.link, 'linked');
    assert.equal(api.panel.visible, true);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, editor.document.uri.path);
  });

  it('to a document that holds something else show the text they carry, unlinked', async () => {
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    const link = await address();
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 10)));
    await editor.document.save();
    await close();
    await api.openLink(link);
    const after = await api.waitFor(isOver);
    assert.deepEqual([after.subject.text, after.link], [ANIMAL, 'lost']);
  });

  it('to a long text read it from its document, and only if it is the same', async () => {
    const long = `${ANIMAL} `.repeat(17).trim();
    const editor = await openText(long);
    await inspectWords(api, editor, long);
    const link = await address();
    await close();
    await api.openLink(link);
    assert.equal((await api.waitFor(isOver)).subject.text, long);
    const again = await vscode.window.showTextDocument(editor.document.uri);
    await again.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 4)));
    const failure = next(api.failures);
    await api.openLink(link);
    assert.equal((await failure).code, 'link.changed');
  });

  it('that are made up say so, and open nothing', async () => {
    for (const made of ['view', 'view?v=AAAA', 'view?v=e30', 'other?v=e30']) {
      const failure = next(api.failures);
      await api.openLink(`vscode://headlight.headlight/${made}`);
      assert.equal((await failure).code, 'link.unreadable');
    }
    assert.equal(api.current(), null);
    assert.equal(api.engineKind(), null);
  });
});
