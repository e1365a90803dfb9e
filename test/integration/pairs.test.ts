// Two selections that are read together.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import {
  headlight,
  inspectSelection,
  isOver,
  next,
  openText,
  placeCursor,
  startOver,
} from './headlight';
import { ANIMAL } from './sentences';
import { readWith, tinyBert } from './tinyModels';

const QUESTION = 'who came?';
const PASSAGE = 'nobody came.';
const CONTENT = `${QUESTION}\nIt rained. ${PASSAGE}\n`;

/** Selects each of some words, as holding Alt and dragging does; the last is the primary one. */
function selectAll(editor: vscode.TextEditor, ...words: readonly string[]): void {
  const { document } = editor;
  editor.selections = words.map((some) => {
    const offset = document.getText().indexOf(some);
    assert.ok(offset >= 0, some);
    return new vscode.Selection(
      document.positionAt(offset),
      document.positionAt(offset + some.length),
    );
  });
}

describe('a pair of texts', () => {
  let api: TestApi;
  before(async () => {
    api = await headlight();
    await readWith(await tinyBert());
  });
  after(() => readWith(null));
  afterEach(() => startOver(api));

  async function inspectPair(): Promise<vscode.TextEditor> {
    const editor = await openText(CONTENT);
    selectAll(editor, PASSAGE, QUESTION);
    await inspectSelection();
    const { subject, snapshot, link } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
    assert.deepEqual([subject.text, subject.pair?.text, link], [QUESTION, PASSAGE, 'linked']);
    assert.match(subject.origin, /:1 and line 2$/);
    return editor;
  }

  it('is read as one, the upper first, each token where it stands', async () => {
    const editor = await inspectPair();
    const { current } = api.inspections;
    assert.ok(current?.snapshot.plan);
    assert.equal(current.snapshot.plan.pair, PASSAGE);
    const { source } = current.snapshot.plan;
    const spans = api.links.linkOf(current.key)?.spans ?? [];
    for (const [index, span] of spans.entries()) {
      const token = source[index];
      if (span === null || token === undefined) continue;
      assert.equal(editor.document.getText().slice(...span), token.label);
    }
    assert.deepEqual(new Set(source.flatMap(({ part }) => part ?? [])), new Set([0, 1]));
  });

  it('follows edits around it, is stale when one is edited, and is read again as it is then', async () => {
    const editor = await inspectPair();
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 3), 'had '));
    assert.equal(api.current()?.link, 'linked');
    placeCursor(editor, 'obody');
    const { navigation, snapshot } = await api.waitFor(
      ({ navigation: { token } }) => token !== null,
    );
    assert.equal(snapshot.plan?.source[navigation.token?.index ?? -1]?.part, 1);
    await editor.edit((edit) => {
      const end = editor.document.positionAt(editor.document.getText().indexOf('came.') + 4);
      edit.insert(end, ' late');
    });
    await api.waitFor(({ link }) => link === 'stale');
    await vscode.commands.executeCommand('headlight.inspectAgain');
    const after = await api.waitFor((now) => now.link === 'linked' && isOver(now));
    assert.deepEqual(
      [after.subject.text, after.subject.pair?.text],
      [QUESTION, 'nobody came late.'],
    );
  });

  it('travels in a link, both texts and both places', async () => {
    await inspectPair();
    await vscode.commands.executeCommand('headlight.copyLink');
    const link = await vscode.env.clipboard.readText();
    const before = api.current()?.subject;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.openLink(link);
    const after = await api.waitFor((now) => isOver(now) && now.link === 'linked');
    assert.deepEqual(after.subject.pair, before?.pair);
    assert.deepEqual(after.subject.origin, before?.origin);
  });

  it('comes back after a reload', async () => {
    await inspectPair();
    const before = api.current()?.subject;
    api.panel.close();
    for (const { key } of api.inspections.all()) api.inspections.drop(key);
    const panel = vscode.window.createWebviewPanel(
      'headlight.inspector',
      '',
      vscode.ViewColumn.Two,
    );
    await api.panel.deserializeWebviewPanel(panel, undefined);
    const after = await api.waitFor(isOver);
    assert.deepEqual(after.subject, before);
    assert.equal(after.link, 'linked');
  });

  it('is two selections: of three the reader is told, and nothing is run', async () => {
    const editor = await openText(CONTENT);
    selectAll(editor, QUESTION, 'It rained.', PASSAGE);
    const failure = next(api.failures);
    await inspectSelection();
    assert.equal((await failure).code, 'text.selections');
    assert.equal(api.current(), null);
  });

  it('is refused by a translator, which has no sign between two texts', async () => {
    const bert = vscode.workspace.getConfiguration('headlight').get<string>('defaultModel') ?? null;
    await readWith(null);
    try {
      const editor = await openText(`${ANIMAL}\nIt rained.\n`);
      selectAll(editor, ANIMAL, 'It rained.');
      await inspectSelection();
      const { snapshot } = await api.waitFor(isOver);
      assert.equal(snapshot.failure?.code, 'tokenizer.noPair');
    } finally {
      await readWith(bert);
    }
  });
});
