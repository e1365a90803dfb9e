// What a model writes: wound like a film, branched, forced, and interrupted.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { queryOfStep } from '../../src/navigation/film';
import { plainWriting } from '../../src/protocol/writing';
import type { Inspection } from '../../src/host/inspection/inspection';
import type { TestApi } from '../../src/host/testApi';
import {
  headlight,
  inspectWords,
  isOver,
  looseTensors,
  openText,
  select,
  startOver,
  until,
} from './headlight';
import { ANIMAL } from './sentences';

/** A text of its own for each test: what was written of it before is kept as its branches. */
const ANIMALS = ['animal', 'dog', 'horse', 'cat', 'bird', 'cow', 'child'];

const OWN = 'La bête n’a pas traversé la rue.';

const idsOf = ({ snapshot }: Inspection): number[] => snapshot.written.map(({ token }) => token.id);

describe('what a model writes', () => {
  let api: TestApi;
  let editor: vscode.TextEditor;
  let text: string;
  let root: Inspection;
  before(async () => {
    api = await headlight();
  });
  beforeEach(async () => {
    text = ANIMAL.replace('animal', ANIMALS.pop()!);
    editor = await openText(`${text}\n${OWN}\n`);
    root = await inspectWords(api, editor, text);
    assert.equal(root.snapshot.outcome, 'complete', JSON.stringify(root.snapshot.failure));
  });
  afterEach(() => startOver(api));

  const branches = () => api.reader.state.branches;
  const write = (writing: typeof plainWriting): Promise<void> =>
    api.panel.receive({ type: 'write', trace: api.current()?.snapshot.trace, writing });

  /** Goes on with another candidate of a step. Its id. */
  async function fork(step: number): Promise<number> {
    const { token, candidates } = root.snapshot.written[step]!;
    // Not the end: there is to be something to go on with.
    const taken = new Set([token.id, idsOf(root).at(-1)]);
    const other = candidates.find(({ id }) => !taken.has(id))!;
    const ids = [...idsOf(root).slice(0, step), other.id];
    await write({ ...plainWriting, begin: { ids, text: null } });
    return other.id;
  }

  it('is wound step by step from the editor, whose colours go along', async () => {
    await vscode.commands.executeCommand('headlight.showFilm');
    assert.equal(api.reader.state.navigation.view, 'film');
    const last = root.snapshot.written.length - 1;
    const at = () => api.reader.state.navigation.token;
    for (const step of [last - 1, last - 2]) {
      await vscode.commands.executeCommand('headlight.filmPrevious');
      const index = queryOfStep(root.snapshot, step);
      assert.deepEqual(at(), { side: 'target', index, locked: true });
    }
    await vscode.commands.executeCommand('headlight.filmNext');
    assert.equal(at()?.index, queryOfStep(root.snapshot, last - 1));
    assert.ok(await api.rows.rowOf(api.current()!), 'the step’s row of cross-attention');
    await until(() => api.editor.colours.count > 0);
    for (let i = 0; i < 3; i++) await vscode.commands.executeCommand('headlight.filmNext');
    assert.equal(at()?.index, queryOfStep(root.snapshot, last), 'there it stays');
  });

  it('branches at a step; two branches are compared, and one is pruned', async () => {
    const other = await fork(3);
    const branch = await api.waitFor(
      (now) => now.snapshot.trace !== root.snapshot.trace && isOver(now),
    );
    assert.equal(branch.snapshot.outcome, 'complete', JSON.stringify(branch.snapshot.failure));
    assert.deepEqual(idsOf(branch).slice(0, 4), [...idsOf(root).slice(0, 3), other]);
    assert.deepEqual(branch.snapshot.written.map(({ given }) => given).slice(0, 5), [
      true,
      true,
      true,
      true,
      false,
    ]);
    const [first, second] = branches();
    assert.ok(first && second);
    assert.deepEqual([second.parent, second.shared, second.shown], [first.id, 3, true]);
    assert.equal(second.output, branch.snapshot.output);
    await api.panel.receive({ type: 'branch', what: 'compare', branch: first.id });
    const again = await api.waitFor((now) => now.key !== branch.key && isOver(now));
    assert.deepEqual(idsOf(again), idsOf(root));
    assert.deepEqual(again.snapshot.written.map(({ given }) => given).includes(true), false);
    const { pinned, navigation } = api.reader.state;
    assert.equal(pinned?.snapshot.trace, branch.snapshot.trace);
    assert.equal(navigation.view, 'compare');
    assert.equal(again.link, 'linked');
    await api.panel.receive({ type: 'branch', what: 'prune', branch: second.id });
    assert.deepEqual(
      branches().map(({ id, shown }) => [id, shown]),
      [[first.id, true]],
    );
    assert.equal(api.reader.state.pinned, null);
    assert.equal(api.inspections.all().length, 1);
    assert.equal(await looseTensors(api), 0);
  });

  it('is what a person wants: two selections are a text and the output to force', async () => {
    const { document } = editor;
    const ranges = [text, OWN].map((words) => {
      const start = document.getText().indexOf(words);
      return [document.positionAt(start), document.positionAt(start + words.length)] as const;
    });
    editor.selections = ranges.map(([start, end]) => new vscode.Selection(start, end));
    await vscode.commands.executeCommand('headlight.forceOutput');
    const forced = await api.waitFor((now) => now.subject.writing !== null && isOver(now));
    assert.equal(forced.snapshot.outcome, 'complete', JSON.stringify(forced.snapshot.failure));
    assert.deepEqual(forced.subject.writing?.begin, { ids: [], text: OWN });
    assert.ok(forced.snapshot.written.every(({ given }) => given));
    assert.equal(forced.navigation.view, 'film');
    assert.equal(branches().at(-1)?.shown, true);
    // What the model itself had written is likelier to it.
    const [own, said] = branches().toReversed();
    assert.ok(own!.logProbability < said!.logProbability);
    await vscode.commands.executeCommand('headlight.goBack');
    const back = await api.waitFor((now) => now.subject.writing === null && isOver(now));
    assert.equal(back.snapshot.output, root.snapshot.output);
  });

  it('goes on when its text is edited meanwhile; what was read stays, and is stale', async () => {
    await fork(1);
    await api.waitFor(({ snapshot }) => snapshot.outcome === null && snapshot.written.length > 0);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 4), 'old '));
    const { snapshot, link, subject } = await api.waitFor(isOver);
    assert.deepEqual([snapshot.outcome, link, subject.text], ['complete', 'stale', text]);
    assert.deepEqual(
      branches().map(({ outcome }) => outcome),
      ['complete', 'complete'],
    );
    // The branches of the text as it is now are others.
    await vscode.commands.executeCommand('headlight.inspectAgain');
    const now = await api.waitFor((one) => one.link === 'linked' && isOver(one));
    assert.match(now.subject.text, /^The old /);
    assert.equal(branches().length, 1);
  });

  it('stays, when it is cancelled in the middle, a branch like any', async () => {
    await fork(1);
    await api.waitFor(({ snapshot }) => snapshot.outcome === null && snapshot.written.length > 2);
    await vscode.commands.executeCommand('headlight.cancel');
    const cancelled = await api.waitFor(isOver);
    assert.equal(cancelled.snapshot.outcome, 'cancelled');
    const branch = branches().find(({ shown }) => shown);
    assert.equal(branch?.outcome, 'cancelled');
    assert.deepEqual(
      branch.tokens.map(({ id }) => id),
      idsOf(cancelled),
    );
    await api.panel.receive({ type: 'branch', what: 'show', branch: branches()[0]?.id });
    const shown = await api.waitFor(
      (now) => now.snapshot.trace !== cancelled.snapshot.trace && isOver(now),
    );
    assert.deepEqual(idsOf(shown), idsOf(root));
    await api.panel.receive({ type: 'branch', what: 'show', branch: branch.id });
    const again = await api.waitFor(
      (now) => now.snapshot.trace !== shown.snapshot.trace && isOver(now),
    );
    assert.deepEqual(idsOf(again), idsOf(cancelled), 'its tokens are read again, and no more');
    assert.equal(branches().length, 2);
    assert.equal(await looseTensors(api), 0);
  });

  it('is written again when the engine goes down in the middle', async () => {
    const other = await fork(1);
    await api.waitFor(({ snapshot }) => snapshot.outcome === null && snapshot.written.length > 1);
    api.crashEngine();
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'complete', JSON.stringify(snapshot.failure));
    assert.equal(snapshot.written[1]?.token.id, other);
    assert.deepEqual(
      branches().map(({ outcome, shown }) => [outcome, shown]),
      [
        ['complete', false],
        ['complete', true],
      ],
    );
  });

  it('is written from a selection by command, in the way that is chosen', async () => {
    select(editor, OWN);
    let over = false;
    void vscode.commands.executeCommand('headlight.write').then(() => (over = true));
    // The list appears after a while; its first line is what most models do.
    while (!over)
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    const { subject, navigation } = await api.waitFor((now) => now.subject.text === OWN);
    assert.deepEqual([subject.writing, navigation.view], [plainWriting, 'film']);
  });
});
