import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_BRANCHES } from '../../../src/host/inspection/branchTrees';
import { commonBeginning } from '../../../src/host/inspection/commonBeginning';
import { Branching, forkAt } from '../../unit/host/branching';

/** What a reader does: with one of the branches, at a step of it, with another token. */
const deed = fc.record({
  what: fc.constantFrom('fork', 'fork', 'fork', 'cancel', 'show', 'compare', 'prune', 'unpin'),
  which: fc.nat(100),
  step: fc.nat(4),
  other: fc.integer({ min: 1, max: 3 }),
});

/** What a model makes of a beginning: the same each time. */
const wholeOf = (begin: readonly number[]): number[] => {
  const ids = [...begin];
  while (ids.length < 5) ids.push(1 + (ids.reduce((sum, id, i) => sum + id * (i + 2), 0) % 3));
  return ids;
};

type Deed = ReturnType<typeof deed.generate>['value'];

function act(all: Branching, { what, which, step, other }: Deed): void {
  const one = all.branches[which % all.branches.length]!;
  const known = one.tokens.map(({ id }) => id);
  switch (what) {
    case 'fork':
    case 'cancel': {
      const writing = forkAt(known.slice(0, step), other);
      all.moves.write(all.trace, writing);
      all.plan();
      all.say(...(what === 'fork' ? wholeOf(writing.begin.ids) : writing.begin.ids));
      all.end(what === 'fork' ? 'complete' : 'cancelled');
      return;
    }
    case 'show':
    case 'compare': {
      const runs = all.world.port.posted.length;
      all.moves[what](one.id);
      const asked = all.world.port.posted.slice(runs).some(({ type }) => type === 'run');
      if (asked) all.writes(...known);
      return;
    }
    case 'prune':
      all.moves.prune(one.id);
      // Whoever looked there reads the parent's tokens again.
      if (all.inspections.running)
        all.writes(...(all.branches.find(({ shown }) => shown)?.tokens ?? []).map(({ id }) => id));
      return;
    case 'unpin':
      all.reader.unpin();
  }
}

function check(all: Branching): void {
  const { branches } = all;
  assert.ok(branches.length >= 1 && branches.length <= MAX_BRANCHES);
  assert.equal(branches.filter(({ shown }) => shown).length, 1, 'one is on screen');
  assert.ok(branches.filter(({ pinned }) => pinned).length <= 1);
  for (const [place, { id, parent, shared, tokens, outcome }] of branches.entries()) {
    const before = branches.slice(0, place);
    assert.ok(before.every((one) => one.id < id));
    assert.notEqual(outcome, 'running');
    if (parent === null) {
      assert.equal(shared, 0);
      continue;
    }
    const from = before.find((one) => one.id === parent);
    assert.ok(from, 'a parent is there, and came before');
    const ids = (of: typeof tokens): number[] => of.map((token) => token.id);
    assert.equal(shared, commonBeginning(ids(from.tokens), ids(tokens)));
  }
  const { current } = all.inspections;
  const seen = branches.find(({ shown }) => shown)?.tokens.map(({ id }) => id) ?? [];
  const written = current?.snapshot.written.map(({ token }) => token.id) ?? [];
  // Of a run that was cancelled on its way through what is known there is less to see.
  assert.deepEqual(written, seen.slice(0, written.length));
  if (current?.snapshot.outcome === 'complete') assert.equal(written.length, seen.length);
}

describe('branches, whatever a reader does', () => {
  it('make a tree whose branches share with their parents what they say', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const all = new Branching();
        all.inspect();
        all.writes(...wholeOf([]));
        for (const one of deeds) {
          act(all, one);
          check(all);
        }
      }),
      { numRuns: 60 },
    );
  });
});
