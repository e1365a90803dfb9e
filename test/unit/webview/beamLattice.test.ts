// Beams as they live and die: who grew from whom, and where each is drawn.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Beam, BeamStep } from '../../../src/protocol/writing';
import {
  latticeOf,
  pathOf,
  pathTo,
  type LatticeNode,
} from '../../../webview/film/search/beamLattice';
import { beamAfterKey } from '../../../webview/film/search/beamMoves';
import { fitted } from '../../../webview/film/search/fitted';
import { madeSearch } from '../../support/madeSearch';

const beam = (id: number, origin: number): Beam => ({
  id,
  label: `t${id}`,
  origin,
  total: -id,
  score: -id,
});
const stepOf = (running: readonly Beam[], finished: readonly Beam[] = []): BeamStep => ({
  running: [...running],
  finished: [...finished],
  milliseconds: 1,
});

/** Two beams: the second dies at once, the first is forked, one fork ends, the other goes on. */
const STEPS = [
  stepOf([beam(1, 0), beam(2, 0)]),
  stepOf([beam(3, 0), beam(4, 0)]),
  stepOf([beam(5, 1)], [beam(9, 0)]),
];

const fates = (over: boolean): string[][] =>
  latticeOf(STEPS, over).columns.map((column) =>
    column.map(({ beam: { id }, fate, life, lane }) => `${id} ${fate} ${life} in ${lane}`),
  );

describe('the lattice of a beam search', () => {
  it('knows what became of each beam', () => {
    assert.deepEqual(fates(false), [
      ['1 grew null in 0', '2 died 0 in 1'],
      ['3 grew null in 0', '4 grew null in 1'],
      ['9 ended null in 0', '5 running null in 1'],
    ]);
    assert.deepEqual(fates(true)[2], ['9 ended null in 0', '5 left null in 1']);
  });

  it('has the likeliest child of a beam go on straight, finished or not', () => {
    const steps = [stepOf([beam(1, 0)]), stepOf([beam(4, 0), beam(6, 0)], [beam(5, 0)])];
    const ids = latticeOf(steps, true).columns[1]!.map((node) => node.beam.id);
    assert.deepEqual(ids, [4, 5, 6]);
  });

  it('counts how long a beam’s line has to live', () => {
    const steps = [
      stepOf([beam(1, 0), beam(2, 0)]),
      stepOf([beam(3, 1), beam(4, 0)]),
      stepOf([beam(5, 1)]),
    ];
    const lives = latticeOf(steps, false).columns.map((column) =>
      Object.fromEntries(column.map((node) => [node.beam.id, node.life])),
    );
    assert.deepEqual(lives, [{ 1: null, 2: 1 }, { 3: 0, 4: null }, { 5: null }]);
  });

  it('has no line cross another, whatever the search', () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 16 }), fc.nat({ max: 4 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat()), fc.boolean(), (counts, numbers, over) => {
        const draw = (below: number): number => (numbers.next().value as number) % below;
        let before = 1;
        const steps = counts.map(([running, finished]) => {
          const grown = (many: number): Beam[] =>
            Array.from({ length: many }, () => beam(draw(99), draw(before)));
          const step = stepOf(grown(running), grown(finished));
          before = running;
          return step;
        });
        const { columns, lanes } = latticeOf(steps, over);
        for (const [i, column] of columns.entries()) {
          const { running, finished } = steps[i]!;
          assert.equal(column.length, running.length + finished.length);
          for (const [at, node] of column.entries()) {
            const above = column[at - 1];
            // In lanes of their own, from top to bottom, within the picture.
            assert.ok(node.lane >= 0 && node.lane < lanes);
            assert.ok(above === undefined || above.lane < node.lane);
            // Every beam grew from a running one, which knows of it; so did the one above, not below it.
            if (i > 0) {
              assert.ok(node.parent !== null && node.parent.fate === 'grew');
              assert.ok(node.parent.children.includes(node));
              assert.equal(node.parent.place, node.beam.origin);
              assert.ok(above?.parent == null || above.parent.lane <= node.parent.lane);
            }
            assert.equal(node.fate === 'died', isDead(node, i === columns.length - 1));
            assert.equal(node.life === 0, node.fate === 'died');
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the beams that the best output is made of, with given tokens before them', () => {
    const { steps, hypotheses } = madeSearch(['a', 'b', 'c', 'd'], { beams: 4, steps: 9 });
    const lattice = latticeOf(steps, true);
    for (const { ids } of hypotheses) {
      const path = pathOf(lattice, [70, 71, ...ids]);
      assert.deepEqual(path.map((node) => node.beam.id).toReversed(), ids);
    }
    assert.deepEqual(pathOf(lattice, [1000]), []);
    // Some checkpoints’ sequences are told without the token that ends them.
    const best = hypotheses[0]!.ids;
    assert.equal(pathOf(lattice, best.slice(0, -1)).length, best.length);
  });

  it('walks by keys: back to what a beam grew from, on to its best child, up and down', () => {
    const lattice = latticeOf(STEPS, false);
    const [first, second, third] = lattice.columns;
    const go = (from: LatticeNode, ...keys: string[]): number | undefined => {
      let at: LatticeNode | null = from;
      for (const key of keys) at = at && beamAfterKey(key, lattice, at);
      return at?.beam.id;
    };
    assert.equal(go(third![1]!, 'ArrowLeft'), 4);
    assert.equal(go(first![0]!, 'ArrowRight'), 3);
    assert.equal(go(first![1]!, 'ArrowRight'), 2);
    assert.equal(go(second![0]!, 'ArrowDown', 'ArrowDown', 'ArrowUp'), 3);
    assert.equal(go(second![1]!, 'Home', 'End'), 5);
    assert.equal(go(second![0]!, 'PageDown', 'PageUp'), 1);
    assert.equal(go(second![0]!, 'x'), undefined);
    assert.deepEqual(
      pathTo(third![1]!).map((node) => node.beam.id),
      [5, 4, 1],
    );
  });

  it('cuts labels by their width', () => {
    assert.equal(fitted('traversé', 9), 'traversé');
    assert.equal(fitted('incroyable', 9), 'incroyab…');
    assert.equal(fitted('动物没有过', 9), '动物没有…');
  });
});

/** No child, though there was a next step. */
const isDead = ({ fate, children }: LatticeNode, last: boolean): boolean =>
  fate !== 'ended' && children.length === 0 && !last;
