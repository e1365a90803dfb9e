import assert from 'node:assert/strict';
import { MAX_BRANCHES, MAX_TREES } from '../../../src/host/inspection/branchTrees';
import { Failure } from '../../../src/failure/failure';
import { plainWriting, type Writing } from '../../../src/protocol/writing';
import { Branching, forkAt } from './branching';
import { model, plan } from './fakeEngine';

const sample: Writing = {
  ...plainWriting,
  search: { kind: 'sample', temperature: 1, topK: null, topP: null, seed: 3 },
};

/** `5 6 7`, forked at its second token, and again at the third of that. */
function three(): Branching {
  const all = new Branching();
  all.inspect();
  all.writes(5, 6, 7);
  all.fork(forkAt([5], 8), 5, 8, 9);
  all.fork(forkAt([5, 8], 4), 5, 8, 4);
  return all;
}

describe('branches of a text', () => {
  it('grow from the one they were asked for at, as far as both are the same', () => {
    const all = three();
    assert.deepEqual(all.tree, ['1←· +0: 5 6 7', '2←1 +1: 5 8 9', '3←2 +2: 5 8 4']);
    assert.equal(all.shown, 3);
    const [root] = all.branches;
    assert.equal(root?.output, 'un deux');
    assert.ok(Math.abs(root.logProbability - 3 * Math.log(0.5)) < 1e-12);
    assert.deepEqual(root.writing, plainWriting);
  });

  it('what was forked in the part that a branch has from its parent grew from the parent', () => {
    const all = three();
    all.fork(forkAt([], 2), 2, 3);
    all.fork(sample, 5, 6, 1);
    assert.deepEqual(all.tree.slice(3), ['4←1 +0: 2 3', '5←1 +2: 5 6 1']);
  });

  it('grow while tokens come: before those given are there, by what is given', () => {
    const all = three();
    all.moves.write(all.trace, forkAt([5, 8, 4], 1));
    assert.equal(all.branches.length, 3, 'nobody knows yet whether it can be written');
    all.plan();
    assert.equal(all.tree[3], '4←3 +0: ');
    all.say(5);
    assert.equal(all.tree[3], '4←3 +1: 5');
    assert.equal(all.branches[3]?.outcome, 'running');
    all.say(8, 4, 1);
    all.end();
    assert.equal(all.tree[3], '4←3 +3: 5 8 4 1');
    assert.equal(all.branches[3]?.outcome, 'complete');
  });

  it('a cancelled one stays, and what is written next grows from it', () => {
    const all = three();
    all.moves.write(all.trace, forkAt([5, 8], 1));
    all.plan();
    all.say(5, 8, 1);
    all.end('cancelled');
    assert.deepEqual([all.branches[3]?.outcome, all.tree[3]], ['cancelled', '4←2 +2: 5 8 1']);
    all.moves.write(all.trace, forkAt([5, 8, 1], 6));
    all.plan();
    all.say(5, 8, 1, 6);
    // Another takes its place before it has ended.
    all.moves.write(all.trace, sample);
    all.plan();
    assert.deepEqual([all.branches[4]?.outcome, all.tree[4]], ['cancelled', '5←4 +3: 5 8 1 6']);
  });

  it('the very same asked again is no new one, nor one that is read back', () => {
    const all = three();
    const before = all.tree;
    all.fork(forkAt([5, 8], 4), 5, 8, 4);
    all.inspect();
    all.writes(5, 6, 7);
    assert.deepEqual(all.tree, before);
    assert.equal(all.shown, 1);
    all.fork({ ...forkAt([5, 8], 9), further: false }, 5, 8, 9);
    assert.deepEqual([all.shown, all.tree], [2, before]);
  });

  it('are shown again: asked for once more, or, where they were cut off, by their tokens', () => {
    const all = three();
    all.moves.show(1);
    assert.deepEqual(all.world.port.last('run').writing, plainWriting);
    assert.equal(all.shown, 1, 'at once');
    all.writes(5, 6, 7);
    all.moves.write(all.trace, sample);
    all.plan();
    all.say(5, 6);
    all.end('cancelled');
    all.moves.show(2);
    all.writes(5, 8, 9);
    all.moves.show(4);
    const { begin, further } = all.world.port.last('run').writing!;
    assert.deepEqual([begin, further], [{ ids: [5, 6], text: null }, false]);
    all.writes(5, 6);
    assert.equal(all.shown, 4);
    assert.equal(all.branches[3]?.outcome, 'cancelled', 'it ends no better for having been read');
    assert.equal(all.branches.length, 4);
  });

  it('belong to their text, model and language; who comes back finds them', () => {
    const all = three();
    const { tree } = all;
    all.inspections.rerun(all.inspections.current!.key, { text: 'One three' });
    const { writing } = all.world.port.last('run');
    assert.deepEqual(writing?.begin.ids, [], 'tokens of another output mean nothing here');
    all.writes(1);
    assert.deepEqual(all.tree, ['4←· +0: 1']);
    all.inspections.rerun(all.inspections.current!.key, { text: 'One two', language: 'cmn' });
    all.writes(2);
    assert.deepEqual(all.tree, ['5←· +0: 2']);
    all.inspect();
    assert.deepEqual(all.tree, tree);
    for (let i = 0; i < MAX_TREES; i++) {
      all.inspect(`text ${i}`);
      all.writes(1);
    }
    all.inspect();
    assert.deepEqual(all.tree, []);
  });

  it(`are at most ${MAX_BRANCHES}: the oldest from which nothing grew goes, not one that is seen`, () => {
    const all = three();
    all.moves.show(2);
    all.writes(5, 8, 9);
    all.reader.pinHere();
    for (let i = 0; all.branches.length < MAX_BRANCHES; i++)
      all.fork(forkAt([5], 100 + i), 5, 100 + i);
    for (const other of [99, 98]) all.fork(forkAt([5], other), 5, other);
    const ids = all.branches.map(({ id }) => id);
    assert.equal(ids.length, MAX_BRANCHES);
    // From 2 nothing grows any more, but it is pinned.
    assert.deepEqual(ids.slice(0, 3), [1, 2, 5]);
    assert.ok(all.branches.some(({ pinned, id }) => pinned && id === 2));
  });

  it('a model that writes nothing is not asked to', () => {
    const all = new Branching();
    all.inspect();
    const bert = { ...model, architecture: 'encoder', task: 'maskedToken' } as const;
    const { trace } = all;
    all.world.port.says({ type: 'planned', trace, plan: { ...plan, model: bert, writing: null } });
    all.end();
    assert.deepEqual(all.branches, []);
    assert.throws(
      () => all.moves.write(trace, sample),
      (thrown) => thrown instanceof Failure && thrown.code === 'writing.noOutput',
    );
    assert.throws(
      () => all.moves.write('t0', sample),
      (thrown) => thrown instanceof Failure && thrown.code === 'trace.gone',
    );
  });

  it('an engine that dies in the middle writes the same one again', () => {
    const all = three();
    all.moves.write(all.trace, forkAt([5, 8], 1));
    all.plan();
    all.say(5, 8, 1, 2);
    all.world.port.dies('boom');
    assert.deepEqual(all.world.port.last('run').writing, forkAt([5, 8], 1));
    assert.deepEqual([all.shown, all.tree[3]], [4, '4←2 +2: 5 8 1 2']);
    all.writes(5, 8, 1, 2, 3);
    assert.deepEqual([all.branches.length, all.tree[3]], [4, '4←2 +2: 5 8 1 2 3']);
    assert.equal(all.branches[3]?.outcome, 'complete');
  });
});

describe('moves among branches', () => {
  it('compares: what is on screen is pinned, the branch comes beside it', () => {
    const all = three();
    all.moves.compare(1);
    all.writes(5, 6, 7);
    const { pinned, navigation, branches } = all.reader.state;
    assert.deepEqual(
      pinned?.snapshot.written.map(({ token: { id } }) => id),
      [5, 8, 4],
    );
    assert.equal(navigation.view, 'compare');
    assert.deepEqual(
      branches.map((one) => [one.id, one.shown, one.pinned]),
      [
        [1, true, false],
        [2, false, false],
        [3, false, true],
      ],
    );
    const runs = all.world.port.types().filter((type) => type === 'run').length;
    all.moves.compare(3);
    assert.equal(all.shown, 3, 'they change places');
    all.moves.show(1);
    assert.equal(all.shown, 1, 'where it is in memory');
    assert.equal(all.world.port.types().filter((type) => type === 'run').length, runs);
  });

  it('prunes a branch with all that grew from it; who looks there looks at its parent then', () => {
    const all = three();
    all.reader.pinHere();
    all.moves.prune(1);
    assert.equal(all.branches.length, 3, 'the first one stays');
    all.moves.prune(2);
    assert.deepEqual(all.tree, ['1←· +0: 5 6 7']);
    assert.equal(all.shown, 1);
    assert.equal(all.reader.state.pinned, null);
    all.writes(5, 6, 7);
    assert.deepEqual(all.tree, ['1←· +0: 5 6 7']);
    assert.equal(all.inspections.all().length, 1);
  });

  it('stands at the step of the fork, and where it stood before it', () => {
    const all = new Branching();
    all.inspect();
    all.writes(5, 6, 7);
    const stand = (index: number): void =>
      all.reader.navigate({
        stack: 'cross',
        view: 'film',
        token: { side: 'target', index, locked: true },
      });
    const at = (): unknown => all.reader.state.navigation.token;
    stand(1);
    all.fork(forkAt([5, 6], 1), 5, 6, 1);
    assert.deepEqual(at(), { side: 'target', index: 1, locked: true });
    stand(2);
    all.moves.show(1);
    all.writes(5, 6, 7);
    assert.deepEqual(at(), { side: 'target', index: 2, locked: true });
    all.fork(forkAt([5], 1), 5, 1);
    assert.deepEqual(at(), { side: 'target', index: 1, locked: true });
    all.fork(sample, 5, 1, 2, 3);
    assert.deepEqual(at(), { side: 'target', index: 1, locked: false }, 'another output');
  });

  it('back and forward lead from branch to branch; winding a film is no step', () => {
    const all = three();
    all.reader.go('back');
    assert.equal(all.shown, 2);
    all.writes(5, 8, 9);
    all.reader.go('forward');
    all.writes(5, 8, 4);
    assert.equal(all.shown, 3);
    all.reader.navigate({ view: 'film', stack: 'cross' });
    for (const index of [0, 1, 2])
      all.reader.navigate({ token: { side: 'target', index, locked: true } });
    all.fork(sample, 5, 1);
    assert.equal(all.shown, 4);
    all.reader.go('back');
    all.writes(5, 8, 4);
    assert.equal(all.shown, 3);
    assert.equal(all.reader.state.navigation.token?.index, 2);
    all.reader.go('back');
    assert.equal(all.reader.state.navigation.view, 'matrix');
    all.reader.go('forward');
    all.reader.go('forward');
    all.writes(5, 1);
    assert.equal(all.shown, 4);
    assert.equal(all.branches.length, 4);
  });
});
