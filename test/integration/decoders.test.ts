// A model that only decodes: it reads the text itself and looks back.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { numbersOf } from '../../src/protocol/wireTensor';
import { plainWriting } from '../../src/protocol/writing';
import {
  headlight,
  inspectWords,
  isOver,
  looseTensors,
  openText,
  placeCursor,
  startOver,
  until,
} from './headlight';
import { readWith, tinyGpt2 } from './tinyModels';

const TEXT = 'The cat sat.';

describe('a decoder', () => {
  let api: TestApi;
  before(async () => {
    api = await headlight();
    await readWith(await tinyGpt2());
  });
  after(() => readWith(null));
  afterEach(() => startOver(api));

  it('reads the text: the cursor chooses, what follows stays without colour', async () => {
    const editor = await openText(TEXT);
    const { snapshot, navigation } = await inspectWords(api, editor, TEXT);
    assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
    assert.equal(navigation.stack, 'decoder');
    assert.equal(snapshot.prediction?.task, 'nextToken');
    placeCursor(editor, 'at sat');
    const now = await api.waitFor(({ navigation: { token } }) => token?.index === 5);
    const row = await api.rows.rowOf(now);
    assert.ok(row !== null);
    const weights = numbersOf(row.row.weights);
    assert.ok(weights.slice(6).every((weight) => weight === 0));
    assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) < 1e-5);
  });

  it('says in a hover what it expects after the token', async () => {
    const editor = await openText(TEXT);
    await inspectWords(api, editor, TEXT);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      new vscode.Position(0, 5),
    );
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString, 'there is no hover');
    assert.match(content.value, /What the model expects after/);
    // The number of what really follows, in bold.
    assert.match(content.value, /\*\*0\.\d{4}\*\*/);
  });

  it('offers its own stack only, and no measure of what comes after', async () => {
    const editor = await openText(TEXT);
    await inspectWords(api, editor, TEXT);
    assert.deepEqual(
      api.side.heads.getChildren().map(({ id }) => id),
      ['decoder'],
    );
    assert.equal(api.side.heads.architecture, 'decoder');
  });

  it('reads an edited text from the first new token on, by itself where the setting says so', async () => {
    const settings = vscode.workspace.getConfiguration('headlight');
    await settings.update('automaticRerun', true, vscode.ConfigurationTarget.Global);
    try {
      const editor = await openText(TEXT);
      await inspectWords(api, editor, TEXT);
      const end = new vscode.Position(0, TEXT.length - 1);
      await editor.edit((edit) => edit.insert(end, ' on it'));
      const { snapshot } = await api.waitFor((now) => isOver(now) && now.subject.text !== TEXT);
      assert.equal(snapshot.plan?.text, 'The cat sat on it.');
      assert.equal(snapshot.outcome, 'complete');
      // A character is a token. The last common one is read again: what follows it is another one now.
      assert.equal(snapshot.plan.reused, 'The cat sa'.length);
      assert.equal(snapshot.layers.length, snapshot.plan.model.layers.decoder);
      assert.equal((await api.memory())?.traces, 1);
      assert.equal(await looseTensors(api), 0);
    } finally {
      await settings.update('automaticRerun', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('goes on with the text: its own words are tokens like those of the text, without a place in it', async () => {
    const editor = await openText(TEXT);
    const { snapshot } = await inspectWords(api, editor, TEXT);
    const writing = { ...plainWriting, maxNewTokens: 4 };
    await api.panel.receive({ type: 'write', trace: snapshot.trace, writing });
    const written = await api.waitFor((now) => now.subject.writing !== null && isOver(now));
    assert.equal(written.snapshot.outcome, 'complete', JSON.stringify(written.snapshot.failure));
    const tokens = written.snapshot.written.length;
    assert.ok(tokens > 0 && tokens <= 4);
    assert.equal(written.link, 'linked');
    const [branch] = api.reader.state.branches;
    assert.deepEqual([branch?.tokens.length, branch?.output], [tokens, written.snapshot.output]);
    await vscode.commands.executeCommand('headlight.filmPrevious');
    const { navigation } = api.current()!;
    assert.equal(navigation.token?.side, 'source');
    // A row over the text and its own words; of these the document has no characters.
    const row = await api.rows.rowOf(api.current()!);
    assert.equal(row?.row.weights.shape[0], TEXT.length + tokens - 1);
    await until(() => api.editor.colours.count > 0);
    placeCursor(editor, 'at sat');
    await api.waitFor((now) => now.navigation.token?.index === 5);
  });

  it('keeps nothing of a text that is inspected no more', async () => {
    const editor = await openText(TEXT);
    await inspectWords(api, editor, TEXT);
    assert.ok((await api.memory())!.kept > 0);
    api.inspections.drop(api.current()!.key);
    const memory = await api.memory();
    assert.deepEqual([memory?.traces, memory?.traceBytes, memory?.kept], [0, 0, 0]);
  });
});
