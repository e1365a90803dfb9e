import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL, FRENCH } from './sentences';
import {
  fromPage,
  hasPlan,
  headlight,
  inspectSelection,
  isOver,
  looseTensors,
  next,
  openText,
  select,
  startOver,
  toPage,
  inspectOnPage,
} from './headlight';

describe('Inspect Selection', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  it('runs the selected sentence to its translation while the page paints every layer', async () => {
    const painted = new Set<string>();
    const listening = api.toPage.on((message) => {
      if (message.type !== 'event' || message.event.type !== 'picture') return;
      const { stack, layer } = message.event.layer;
      painted.add(`${stack}.${layer}`);
    });
    const credit = fromPage(api, 'credit');
    const editor = await openText(`Before it. ${ANIMAL} After it.`);
    select(editor, ANIMAL);
    await inspectSelection();
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'complete');
    assert.equal(snapshot.plan?.text, ANIMAL);
    assert.equal(snapshot.plan?.language, 'fra');
    assert.equal(snapshot.output, FRENCH);
    assert.equal(snapshot.layers.length, 3);
    assert.match(snapshot.origin, /:1$/);
    assert.ok((await credit).pictures > 0);
    // All three stacks of three layers come to the page, as fast as it grants credit.
    while (painted.size < 9) await toPage(api, 'event');
    listening.dispose();
    assert.equal(await looseTensors(api), 0);
  });

  it('opens the panel beside the editor and leaves the cursor where it is', async () => {
    const editor = await openText(ANIMAL);
    await inspectSelection();
    await api.waitFor(isOver);
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    assert.equal(api.panel.visible, true);
    const groups = vscode.window.tabGroups.all;
    const panel = groups.find(({ tabs }) =>
      tabs.some(({ input }) => input instanceof vscode.TabInputWebview),
    );
    assert.equal(panel?.viewColumn, vscode.ViewColumn.Two);
  });

  it('takes the sentence around the cursor where nothing is selected', async () => {
    const editor = await openText(`It rained.\n\n${ANIMAL} Nobody came.`);
    const at = editor.document.positionAt(editor.document.getText().indexOf('street'));
    editor.selection = new vscode.Selection(at, at);
    await inspectSelection();
    assert.equal((await api.waitFor(hasPlan)).snapshot.plan?.text, ANIMAL);
  });

  it('takes two selections as a pair in the order of the document, and cursors for none', async () => {
    const editor = await openText('One here. Two there.');
    const [one, two] = [new vscode.Selection(0, 0, 0, 9), new vscode.Selection(0, 10, 0, 20)];
    editor.selections = [two, one];
    await inspectSelection();
    const { subject, snapshot } = await api.waitFor(isOver);
    assert.deepEqual([subject.text, subject.pair?.text], ['One here.', 'Two there.']);
    // The built-in translator reads one text.
    assert.equal(snapshot.failure?.code, 'tokenizer.noPair');
    editor.selections = [new vscode.Selection(0, 3, 0, 3), two];
    await inspectSelection();
    const after = await api.waitFor(({ subject }) => subject.pair === null);
    assert.equal(after.subject.text, 'Two there.');
  });

  it('refuses an empty document and a blank selection, and opens no panel', async () => {
    for (const content of ['', '   \n ']) {
      await openText(content);
      await vscode.commands.executeCommand('editor.action.selectAll');
      const failure = next(api.failures);
      await inspectSelection();
      assert.equal((await failure).code, 'text.empty');
      assert.equal(api.panel.visible, false);
    }
  });

  it('refuses 50,000 characters with the limit in its words, and starts no engine', async () => {
    const editor = await openText('x'.repeat(50_000));
    editor.selection = new vscode.Selection(0, 0, 0, 50_000);
    const failure = next(api.failures);
    await inspectSelection();
    assert.deepEqual(await failure, {
      code: 'text.tooLong',
      args: { characters: 50_000, limit: 20_000 },
    });
    assert.equal(api.engineKind(), null);
  });

  it('switches the language from the page and remembers it', async () => {
    await openText(ANIMAL);
    await inspectOnPage(api);
    const french = await api.waitFor(isOver);
    const ready = toPage(api, 'trace');
    await api.panel.receive({ type: 'rerun', language: 'cmn' });
    const chinese = await api.waitFor(
      (inspection) => isOver(inspection) && inspection.snapshot.trace !== french.snapshot.trace,
    );
    await ready;
    assert.equal(chinese.snapshot.plan?.language, 'cmn');
    assert.match(chinese.snapshot.output, /\p{Script=Han}/u);
    await inspectSelection();
    assert.equal((await api.waitFor(hasPlan)).snapshot.plan?.language, 'cmn');
    await api.panel.receive({ type: 'rerun', language: 'fra' });
    assert.equal((await api.waitFor(isOver)).snapshot.output, FRENCH);
  });

  it('keeps nothing of a language the model does not know', async () => {
    await openText(ANIMAL);
    await inspectSelection();
    await api.waitFor(isOver);
    await api.panel.receive({ type: 'rerun', language: 'tlh' });
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'failed');
    assert.deepEqual(snapshot.failure, {
      code: 'text.language',
      args: { language: 'tlh', known: 'fra, cmn' },
    });
    await inspectSelection();
    assert.equal((await api.waitFor(hasPlan)).snapshot.plan?.language, 'fra');
  });

  it('finds a token’s characters in the document, also after lines were added above', async () => {
    const editor = await openText(`First.\n${ANIMAL}`);
    select(editor, ANIMAL);
    await inspectOnPage(api);
    const { snapshot } = await api.waitFor(hasPlan);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'New line.\n'));
    const at = ANIMAL.indexOf('animal');
    const reveal = { type: 'reveal', trace: snapshot.trace, span: [at, at + 6] };
    await api.panel.receive(reveal);
    assert.equal(editor.document.getText(editor.selection), 'animal');
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 5), '#'));
    const notice = toPage(api, 'notice');
    await api.panel.receive(reveal);
    assert.equal((await notice).notice?.failure.code, 'reveal.changed');
  });
});
