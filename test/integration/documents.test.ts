import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL } from './sentences';
import {
  chosenLabel,
  headlight,
  inspectWords,
  isOver,
  looseTensors,
  next,
  openText,
  placeCursor,
  startOver,
  until,
} from './headlight';

const WIDE = ANIMAL.replace('tired', 'wide');

/** What the current inspection's tokens stand for in its document now. */
function charactersOf(api: TestApi, document: vscode.TextDocument): (string | null)[] {
  const link = api.links.linkOf(api.current()?.key ?? -1);
  assert.ok(link, 'the text is in no document');
  return link.spans.map(
    (span) =>
      span &&
      document.getText(
        new vscode.Range(document.positionAt(span[0]), document.positionAt(span[1])),
      ),
  );
}

describe('inspected documents', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  it('the token under the cursor is the query, and only inside the text', async () => {
    const editor = await openText(`Nothing here.\n${ANIMAL}\nNor here.`);
    await inspectWords(api, editor, ANIMAL);
    for (const words of ['animal', 'it was', 'tired', 'The animal']) {
      placeCursor(editor, words);
      const [first] = words.split(' ');
      assert.equal(chosenLabel(await api.waitFor((now) => chosenLabel(now) === first)), first);
    }
    placeCursor(editor, 'Nor here');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' ')); // after the move was heard
    assert.equal(chosenLabel(api.current()!), 'The');
  });

  it('an inspection by cursor begins at the token under it', async () => {
    const editor = await openText(ANIMAL);
    placeCursor(editor, 'street');
    await vscode.commands.executeCommand('headlight.inspectSelection');
    assert.equal(chosenLabel(await api.waitFor(isOver)), 'street');
  });

  it('follows edits before it, is stale by edits inside, and fresh again by undo', async () => {
    const editor = await openText(`First.\n${ANIMAL}\nLast.`);
    const before = await inspectWords(api, editor, ANIMAL);
    const characters = charactersOf(api, editor.document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New\r\nlines\n'));
    assert.equal(api.current()?.link, 'linked');
    assert.deepEqual(charactersOf(api, editor.document), characters);
    placeCursor(editor, 'street');
    await api.waitFor((now) => chosenLabel(now) === 'street');
    await vscode.commands.executeCommand('type', { text: 'wide ' });
    assert.equal((await api.waitFor(({ link }) => link === 'stale')).snapshot.outcome, 'complete');
    // A word and the space behind it are undone one after the other.
    while (api.current()?.link === 'stale') await vscode.commands.executeCommand('undo');
    const after = await api.waitFor(({ link }) => link === 'linked');
    assert.deepEqual(charactersOf(api, editor.document), characters);
    assert.equal(after.snapshot.trace, before.snapshot.trace);
  });

  it('an edited text is read again as it is now', async () => {
    const editor = await openText(`First.\n${ANIMAL}`);
    const before = await inspectWords(api, editor, ANIMAL);
    const at = editor.document.getText().indexOf('tired');
    await editor.edit((edit) =>
      edit.replace(
        new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + 5)),
        'wide',
      ),
    );
    await api.waitFor(({ link }) => link === 'stale');
    await vscode.commands.executeCommand('headlight.inspectAgain');
    const after = await api.waitFor((now) => isOver(now) && now.subject.text === WIDE);
    assert.equal(after.key, before.key);
    assert.equal(after.link, 'linked');
    assert.equal((await api.memory())?.traces, 1);
  });

  it('does so by itself where the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('headlight');
    await settings.update('automaticRerun', true, vscode.ConfigurationTarget.Global);
    try {
      const editor = await openText(ANIMAL);
      await inspectWords(api, editor, ANIMAL);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 4), 'old '));
      const after = await api.waitFor((now) => isOver(now) && now.subject.text !== ANIMAL);
      assert.equal(after.subject.text, ANIMAL.replace('The', 'The old'));
      assert.deepEqual([after.snapshot.outcome, after.subject.language], ['complete', 'fra']);
    } finally {
      await settings.update('automaticRerun', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('several hold traces; the cursor decides which one is shown', async () => {
    const one = await openText(`${ANIMAL}\n${WIDE}`);
    const tired = await inspectWords(api, one, ANIMAL);
    const wide = await inspectWords(api, one, WIDE);
    const two = await openText('A dog ate the food because it was hungry.', vscode.ViewColumn.Two);
    const dog = await inspectWords(api, two, two.document.getText());
    assert.equal((await api.memory())?.traces, 3);
    const again = await vscode.window.showTextDocument(one.document, vscode.ViewColumn.One);
    placeCursor(again, 'animal');
    await api.waitFor(({ key }) => key === tired.key);
    again.selection = new vscode.Selection(1, 4, 1, 4);
    const now = await api.waitFor(({ key }) => key === wide.key);
    assert.equal(now.snapshot.trace, wide.snapshot.trace);
    await vscode.window.showTextDocument(two.document, vscode.ViewColumn.Two);
    placeCursor(two, 'dog');
    await api.waitFor(({ key }) => key === dog.key);
    assert.equal(await looseTensors(api), 0);
  });

  it('a document that is closed frees what belongs to it', async () => {
    const one = await openText(ANIMAL);
    await inspectWords(api, one, ANIMAL);
    const two = await openText(WIDE);
    await inspectWords(api, two, WIDE);
    api.panel.close();
    assert.equal((await api.memory())?.traces, 2);
    const dropped = next(api.inspections.dropped);
    await vscode.window.showTextDocument(two.document);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    assert.equal((await dropped).subject.text, WIDE);
    assert.equal((await api.memory())?.traces, 1);
    assert.equal(api.links.count, 1);
    // The other document comes to the front, and the cursor in it.
    await api.waitFor(({ subject }) => subject.text === ANIMAL);
  });

  it('with the panel closed, the row under the cursor is still there, from memory', async () => {
    const editor = await openText(ANIMAL);
    const { snapshot } = await inspectWords(api, editor, ANIMAL);
    api.panel.close();
    let runs = 0;
    const counting = api.engineEvents.on(() => runs++);
    placeCursor(editor, 'animal');
    const now = await api.waitFor((one) => chosenLabel(one) === 'animal');
    const chosen = await api.rows.rowOf(now);
    assert.equal(chosen?.row.weights.shape[0], snapshot.plan?.source.length);
    assert.equal(runs, 0);
    counting.dispose();
  });

  it('coming back to the text leaves the decoder’s own attention as it was chosen', async () => {
    const editor = await openText(ANIMAL);
    await inspectWords(api, editor, ANIMAL);
    placeCursor(editor, 'animal');
    await api.waitFor((now) => chosenLabel(now) === 'animal');
    api.reader.navigate({ stack: 'decoder', layer: 1, head: 0 });
    const { navigation } = api.reader.state;
    await vscode.commands.executeCommand('headlight.showPanel');
    const front = (): unknown => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    await until(() => front() instanceof vscode.TabInputWebview);
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await until(() => front() instanceof vscode.TabInputText);
    // What comes after has heard of it too.
    await api.memory();
    assert.deepEqual(api.reader.state.navigation, navigation);
    placeCursor(editor, 'street');
    const { navigation: moved } = await api.waitFor((now) => chosenLabel(now) === 'street');
    assert.deepEqual([moved.stack, moved.direction], ['cross', 'lookedAt']);
  });
});
