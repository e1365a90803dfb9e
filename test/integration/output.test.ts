import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { queryOfStep } from '../../src/navigation/film';
import { plainWriting } from '../../src/protocol/writing';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Inspection } from '../../src/host/inspection/inspection';
import type { TestApi } from '../../src/host/testApi';
import { ANIMAL, FRENCH } from './sentences';
import {
  hasPlan,
  headlight,
  inspectSelection,
  inspectWords,
  isOver,
  openText,
  placeCursor,
  select,
  startOver,
  until,
} from './headlight';
import { readWith, tinyGpt2 } from './tinyModels';

describe('the output beside its text', () => {
  let api: TestApi;
  before(async () => (api = await headlight()));
  afterEach(() => startOver(api));

  const openOutput = (): Thenable<unknown> =>
    vscode.commands.executeCommand('headlight.openOutput');

  /** The editor that shows the output, once it is there. */
  async function outputEditor(): Promise<vscode.TextEditor> {
    const find = (): vscode.TextEditor | undefined =>
      vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.scheme === 'headlight-output',
      );
    await until(() => find() !== undefined);
    return find()!;
  }

  /** The text and its output, both in sight. */
  async function linked(): Promise<{
    readonly source: vscode.TextEditor;
    readonly output: vscode.TextEditor;
    readonly inspection: Inspection;
  }> {
    const source = await openText(`Before.\n${ANIMAL}`);
    const inspection = await inspectWords(api, source, ANIMAL);
    await openOutput();
    const output = await outputEditor();
    await until(() => output.document.getText() === FRENCH);
    return { source, output, inspection };
  }

  /** Characters that brushes of a kind are on, the strongest brush first. */
  function painted({ document }: vscode.TextEditor, kind: 'weight' | 'query'): string[] {
    const strengthOf = (step: number | null): number => step ?? 0;
    return api.editor.colours
      .strokesIn(document.uri.toString())
      .flatMap(({ brush, spans }) =>
        brush.kind === kind ? spans.map((span) => ({ step: strengthOf(brush.step), span })) : [],
      )
      .toSorted((a, b) => b.step - a.step)
      .map(({ span }) => document.getText().slice(...span));
  }

  it('grows while it is written, covers neither text nor panel, and keeps its place through another branch', async () => {
    const source = await openText(ANIMAL);
    select(source, ANIMAL);
    await inspectSelection();
    await api.waitFor(hasPlan);
    await openOutput();
    const output = await outputEditor();
    const texts: string[] = [];
    const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === output.document) texts.push(document.getText());
    });
    const { key, snapshot } = await api.waitFor(isOver);
    await until(() => output.document.getText() === FRENCH);
    assert.ok(texts.every((text) => FRENCH.startsWith(text)));
    assert.equal(output.document.languageId, 'headlight-output');
    assert.equal(vscode.window.activeTextEditor, source, 'the focus has moved');
    assert.ok(api.panel.visible);
    const groups = vscode.window.tabGroups.all.map(({ activeTab }) => activeTab?.label);
    assert.deepEqual(groups.at(-1), 'Output of text.txt:1');
    assert.equal(groups.length, 3);

    // Another beginning, in the same place: the document follows. A run that fails leaves it.
    const un = snapshot.written[0]!.candidates[1]!.id;
    const writing = { ...plainWriting, begin: { ids: [un], text: null } };
    api.inspections.rerun(key, { writing });
    const other = await api.waitFor((now) => isOver(now) && now.snapshot !== snapshot);
    assert.notEqual(other.snapshot.output, FRENCH);
    await until(() => output.document.getText() === other.snapshot.output);
    const beyond = { ...plainWriting, begin: { ids: [1_000_000], text: null } };
    api.inspections.rerun(key, { writing: beyond });
    await api.waitFor((now) => now.snapshot.outcome === 'failed');
    assert.equal(output.document.getText(), other.snapshot.output);
    listener.dispose();
  });

  it('is linked both ways: each cursor colours the other document, a step where it wrote', async () => {
    const { source, output, inspection } = await linked();
    const { snapshot } = inspection;
    assert.equal(api.current()?.navigation.stack, 'cross');
    const tired = snapshot.written.findIndex(({ token }) => token.label.startsWith('fatig'));
    placeCursor(output, 'fatig');
    const query = queryOfStep(snapshot, tired);
    await api.waitFor(({ navigation: { token } }) => token?.index === query && token.locked);
    const chosen = snapshot.written[tired]!.token.label.trim();
    await until(
      () => painted(output, 'query')[0] === chosen && painted(source, 'weight')[0] !== undefined,
    );
    assert.deepEqual(painted(output, 'weight'), []);
    const { layer, head, unit, hideSpecials } = api.reader.state.navigation;
    const matrix = { stack: 'cross', layer, head, unit, hideSpecials } as const;
    const row = await api.engine.ask(snapshot.trace, {
      name: 'row',
      question: { ...matrix, direction: 'looksAt', token: query },
    });
    const weights = [...numbersOf(row.weights)];
    const { source: tokens } = snapshot.plan!;
    const seen = tokens.map(({ span }, i) => (span === null ? 0 : weights[i]!));
    const strongest = tokens[seen.indexOf(Math.max(...seen))]!;
    assert.equal(painted(source, 'weight')[0], ANIMAL.slice(...strongest.span!));

    placeCursor(source, 'street');
    await api.waitFor(
      ({ navigation: { direction, token } }) =>
        direction === 'lookedAt' && token?.side === 'source',
    );
    const street = api.reader.state.navigation.token!.index;
    const column = await api.engine.ask(snapshot.trace, {
      name: 'row',
      question: { ...matrix, direction: 'lookedAt', token: street },
    });
    const looking = [...numbersOf(column.weights)];
    // The last query wrote the end of the sequence, which has no characters.
    const steps = looking.slice(0, -1);
    const writer = snapshot.written[steps.indexOf(Math.max(...steps))]!;
    await until(() => painted(output, 'weight')[0] === FRENCH.slice(...writer.token.span!));
    assert.deepEqual(painted(source, 'query'), ['street']);

    // Hidden in both, and back in both.
    await vscode.commands.executeCommand('headlight.toggleColours');
    await until(() => api.editor.colours.count === 0);
    await vscode.commands.executeCommand('headlight.toggleColours');
    await until(() => painted(output, 'weight').length > 0 && painted(source, 'query').length > 0);

    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      output.document.uri,
      output.document.positionAt(FRENCH.indexOf('fatig')),
    );
    const [markdown] = hover?.contents ?? [];
    assert.ok(markdown instanceof vscode.MarkdownString);
    assert.match(markdown.value, new RegExp(`step ${tired + 1} of ${snapshot.written.length}`));
  });

  it('is closed without a trace and opened again; characters are shown without choosing', async () => {
    const { source, output, inspection } = await linked();
    const uri = output.document.uri.toString();
    await vscode.window.showTextDocument(output.document, output.viewColumn);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() =>
      vscode.window.visibleTextEditors.every(({ document }) => document !== output.document),
    );
    await until(() => api.editor.colours.strokesIn(uri).length === 0);
    assert.ok(api.editor.colours.strokesIn(source.document.uri.toString()).length > 0);
    const before = api.reader.state.navigation;
    const { span } = inspection.snapshot.written[3]!.token;
    await api.panel.receive({
      type: 'reveal',
      trace: inspection.snapshot.trace,
      span: span!,
      part: 'output',
    });
    const again = await outputEditor();
    assert.equal(again.document.uri.toString(), uri);
    await until(() => !again.selection.isEmpty);
    assert.equal(again.document.getText(again.selection), FRENCH.slice(...span!));
    assert.deepEqual(api.reader.state.navigation, before);
  });

  it('keeps its text when the inspection goes, and follows the next one there', async () => {
    const { source, output, inspection } = await linked();
    await vscode.commands.executeCommand('headlight.clear');
    await until(() => api.editor.colours.count === 0);
    assert.equal(output.document.getText(), FRENCH);
    assert.equal(api.editor.output.documents.documents().size, 0);
    placeCursor(output, 'rue');
    await inspectWords(api, source, ANIMAL);
    assert.equal(
      api.editor.output.documents.uriOf(inspection).toString(),
      output.document.uri.toString(),
    );
    placeCursor(output, 'animal');
    await api.waitFor(({ navigation }) => navigation.stack === 'cross');
    // A text that is edited leaves its output as it was, and says so.
    await source.edit((edit) => edit.insert(new vscode.Position(1, 4), 'old '));
    await api.waitFor(({ link }) => link === 'stale');
    await until(() =>
      api.editor.colours
        .strokesIn(output.document.uri.toString())
        .some(({ brush }) => brush.kind === 'query' && brush.stale),
    );
    assert.equal(output.document.getText(), FRENCH);
  });

  it('of a decoder goes on from the text: a step colours both, a token of the text what looks back', async () => {
    await readWith(await tinyGpt2());
    try {
      const source = await openText('The cat sat.');
      const { key } = await inspectWords(api, source, 'The cat sat.');
      await openOutput();
      assert.equal(vscode.window.visibleTextEditors.length, 1, 'nothing is written');
      api.inspections.rerun(key, { writing: { ...plainWriting, maxNewTokens: 6 } });
      const { snapshot } = await api.waitFor(
        (now) => isOver(now) && now.snapshot.written.length > 0,
      );
      await openOutput();
      const output = await outputEditor();
      await until(() => output.document.getText() === snapshot.output);
      const third = snapshot.written[3]!.token.span!;
      const at = output.document.positionAt(third[0]);
      output.selection = new vscode.Selection(at, at);
      await until(
        () => painted(output, 'query').length === 1 && painted(output, 'weight').length > 0,
      );
      assert.deepEqual(painted(output, 'query'), [snapshot.output.slice(...third)]);
      assert.ok(painted(source, 'weight').length > 0);
      placeCursor(source, 'cat');
      await api.waitFor(({ navigation: { direction } }) => direction === 'lookedAt');
      await until(
        () => painted(source, 'query')[0] === 'c' && painted(output, 'weight').length > 3,
      );
    } finally {
      await readWith(null);
    }
  });
});
