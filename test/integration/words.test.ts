// Words instead of tokens, in the reader's own document and everywhere else.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { numbersOf } from '../../src/protocol/wireTensor';
import { listedOf } from '../../src/navigation/traceState';
import type { Inspection } from '../../src/host/inspection/inspection';
import {
  headlight,
  inspectWords,
  next,
  openText,
  placeCursor,
  startOver,
  until,
} from './headlight';
import { readWith, tinyBert } from './tinyModels';

const TEXT = 'the cat sat.';

const toggleWords = (): Thenable<unknown> =>
  vscode.commands.executeCommand('headlight.toggleWords');

/** Label of the token or word that the reader stands on. */
const standsOn = ({ snapshot, navigation: { token, unit } }: Inspection): string | undefined =>
  token === null ? undefined : listedOf(snapshot, token.side, unit)[token.index]?.label;

describe('words', () => {
  let api: TestApi;
  before(async () => {
    api = await headlight();
    await readWith(await tinyBert());
  });
  after(() => readWith(null));
  afterEach(() => startOver(api));

  it('take the place of their tokens, in colour, under the cursor, in hovers', async () => {
    const editor = await openText(`Before. ${TEXT}`);
    await inspectWords(api, editor, TEXT);
    placeCursor(editor, 'at.');
    await api.waitFor((now) => standsOn(now) === 'a');
    const tokens = await colours();
    await toggleWords();
    await api.waitFor((now) => standsOn(now) === 'sat');
    const words = await colours();
    assert.ok(words < tokens, `${words} coloured words, ${tokens} tokens`);
    // Anywhere in a word is the word.
    placeCursor(editor, 't sat');
    await api.waitFor((now) => standsOn(now) === 'cat');
    const offset = editor.document.getText().indexOf('at sat');
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.document.positionAt(offset),
    );
    assert.ok(hover?.range);
    assert.equal(editor.document.getText(hover.range), 'cat');
    await toggleWords();
    await api.waitFor((now) => standsOn(now) === 'c');
  });

  it('have rows that sum to 1, copied as they are listed', async () => {
    const editor = await openText(TEXT);
    const { snapshot } = await inspectWords(api, editor, TEXT);
    await toggleWords();
    const now = await api.waitFor(({ navigation }) => navigation.unit === 'word');
    const row = await api.rows.rowOf(now);
    assert.ok(row !== null);
    const words = listedOf(snapshot, 'source', 'word').map(({ label }) => label);
    assert.deepEqual(words, ['[CLS]', 'the', 'cat', 'sat', '.', '[SEP]']);
    const weights = numbersOf(row.row.weights);
    assert.equal(weights.length, words.length);
    assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-5);
    let csv = '';
    api.switches.copyTargets = {
      clipboard: (text) => {
        csv = text;
        return Promise.resolve();
      },
      save: () => Promise.resolve(null),
    };
    await vscode.commands.executeCommand('headlight.copyRow');
    assert.deepEqual(
      csv.split('\r\n').flatMap((line) => line.split(',')[1] ?? []),
      ['token', ...words],
    );
  });

  it('are kept with the view over a reload', async () => {
    const editor = await openText(TEXT);
    await inspectWords(api, editor, TEXT);
    await toggleWords();
    const { navigation } = await api.waitFor((now) => now.navigation.unit === 'word');
    await until(() => api.stored.recall()?.navigation.unit === 'word');
    api.panel.close();
    for (const { key } of api.inspections.all()) api.inspections.drop(key);
    const panel = vscode.window.createWebviewPanel(
      'headlight.inspector',
      '',
      vscode.ViewColumn.Two,
    );
    await api.panel.deserializeWebviewPanel(panel, undefined);
    const after = await api.waitFor(({ snapshot }) => snapshot.outcome !== null);
    assert.deepEqual(after.navigation, navigation);
  });

  it('are not there where nothing is inspected', async () => {
    const failure = next(api.failures);
    await toggleWords();
    assert.equal((await failure).code, 'trace.gone');
  });

  /** Decorations, once those of the row that the reader stands on are painted. */
  async function colours(): Promise<number> {
    const { current } = api.inspections;
    assert.ok(current !== null);
    await api.rows.rowOf(current);
    await new Promise((resolve) => setImmediate(resolve));
    return api.editor.colours.count;
  }
});
