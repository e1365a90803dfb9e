// The outputs of one text as a tree.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { translator } from '../../../src/language/translate';
import type { Branch } from '../../../src/protocol/branch';
import { plainWriting } from '../../../src/protocol/writing';
import { branchText } from '../../../webview/film/branches/branchText';
import { branchRows, rowAfterKey } from '../../../webview/film/branches/branchTree';
import { branchFacts, forkWords } from '../../../webview/film/branches/branchWords';
import { branches } from '../../webview/filmStates';

const t = translator({});
const branch = (id: number, parent: number | null, rest: Partial<Branch> = {}): Branch => ({
  id,
  parent,
  shared: 0,
  writing: plainWriting,
  tokens: [],
  output: '',
  logProbability: 0,
  outcome: 'complete',
  shown: false,
  pinned: false,
  ...rest,
});
const labels = (...all: string[]): Branch['tokens'] => all.map((label, id) => ({ id, label }));

describe('the tree of outputs', () => {
  it('lists each branch once, right below what it was forked from', () => {
    const parents = fc.array(fc.option(fc.nat({ max: 30 }), { nil: null }), { maxLength: 30 });
    fc.assert(
      fc.property(parents, (all) => {
        const made = all.map((parent, id) => branch(id, parent));
        const rows = branchRows(made);
        assert.deepEqual(new Set(rows.map((row) => row.branch)), new Set(made));
        assert.equal(rows.length, made.length);
        for (const [at, { branch: own, parent, depth, number, of }] of rows.entries()) {
          const above = rows.findIndex((row) => row.branch === parent);
          assert.ok(parent === null ? depth === 0 : above >= 0 && above < at);
          if (parent !== null) {
            assert.equal(own.parent, parent.id);
            assert.equal(depth, rows[above]!.depth + 1);
            // Nothing but what grew from the parent stands between.
            assert.ok(rows.slice(above + 1, at).every((row) => row.depth > rows[above]!.depth));
          }
          assert.ok(number >= 1 && number <= of);
        }
      }),
    );
  });

  it('is walked by keys, never off its ends', () => {
    const rows = branchRows(branches);
    assert.deepEqual(
      rows.map((row) => [row.branch.id, row.depth]),
      [
        [1, 0],
        [2, 1],
        [3, 2],
        [4, 1],
      ],
    );
    const go = (from: number, key: string): number | null => rowAfterKey(key, rows, from);
    assert.deepEqual([go(0, 'ArrowUp'), go(0, 'ArrowDown'), go(3, 'ArrowDown')], [0, 1, 3]);
    assert.deepEqual([go(2, 'ArrowLeft'), go(0, 'ArrowLeft'), go(3, 'ArrowLeft')], [1, 0, 0]);
    assert.deepEqual([go(1, 'ArrowRight'), go(2, 'ArrowRight'), go(0, 'End')], [2, 2, 3]);
    assert.deepEqual([go(3, 'Home'), go(1, 'a')], [0, null]);
  });

  it('dims exactly the beginning that its parent says too', () => {
    const text = (output: string, shared: number, ...all: string[]): readonly string[] => {
      const { shared: dim, own } = branchText(
        branch(2, 1, { output, shared, tokens: labels(...all) }),
      );
      return [dim, own];
    };
    assert.deepEqual(text('Le chat dort.', 2, 'Le', 'chat', 'dort', '.', '</s>'), [
      'Le chat',
      ' dort.',
    ]);
    // The token that differs begins like the parent’s; special tokens say nothing.
    assert.deepEqual(text('the thing', 1, 'the', 'thing'), ['the', ' thing']);
    assert.deepEqual(text('Der Hund', 2, '<s>', 'Der', 'Hund'), ['Der', ' Hund']);
    // Four tokens that are the bytes of one sign.
    assert.deepEqual(text('a🐱b', 3, 'a', '🐱', '🐱', 'b'), ['a🐱', 'b']);
    assert.deepEqual(text('whole', 0, 'whole'), ['', 'whole']);
    assert.deepEqual(text('', 1, 'being', ' written'), ['being ', 'written ']);
  });

  it('says where it forked, and how probable it is', () => {
    const said = branchRows(branches).map((row) => forkWords(t, row));
    assert.deepEqual(said, [
      'From the beginning',
      'Step 8: “route” instead of “rue”',
      "Step 9: “puisqu'” instead of “car”",
      "Step 1: “La” instead of “L'”",
    ]);
    const running = branch(5, 1, { shared: 3, outcome: 'running', tokens: labels('a', 'b', 'c') });
    const row = { branch: running, parent: branches[0]!, depth: 1, number: 1, of: 1 };
    assert.equal(forkWords(t, row), 'Step 4');
    assert.equal(
      forkWords(t, { ...row, branch: { ...running, outcome: 'complete' } }),
      'Stops before step 4',
    );
    const again = { ...branches[0]!, id: 6, parent: 1, shared: branches[0]!.tokens.length };
    assert.equal(forkWords(t, { ...row, branch: again }), 'The same tokens');
    assert.equal(
      branchFacts(t, branches[2]!),
      'sample, seed 7 · 13 tokens · log p −9.02 · −0.69 a token',
    );
    assert.match(branchFacts(t, branches[3]!), /^given · .*cancelled$/);
    assert.match(branchFacts(t, running), /being written$/);
  });
});
