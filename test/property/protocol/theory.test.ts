// What a reader changes and where he is: kept, linked to and read back, by this version and by others.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { changeSchema, type Change } from '../../../src/protocol/change';
import {
  initialNavigation,
  keptNavigationSchema,
  navigationSchema,
  type Navigation,
} from '../../../src/protocol/navigation';
import { isStudy, querySchema } from '../../../src/protocol/queries';
import { MAX_DRAWS, MAX_WORD_CHARACTERS } from '../../../src/protocol/studies/tour';
import { pairOf, tourStops } from '../../../src/protocol/studies/tourSentences';

const index = fc.nat();
const head = fc.record({
  stack: fc.constantFrom('encoder', 'decoder', 'cross'),
  layer: index,
  head: index,
});
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant('positionsShifted'),
    side: fc.constantFrom('source', 'target'),
    by: fc.integer({ min: 1 }),
  }),
  fc.record({ kind: fc.constant('muted'), heads: fc.array(head) }),
  fc.record({ kind: fc.constant('soloed'), head }),
  fc.constant({ kind: 'unmasked' } as const),
);
const navigation: fc.Arbitrary<Navigation> = fc.record({
  ...Object.fromEntries(
    Object.entries(initialNavigation).map(([name, is]) => [name, fc.constant(is)]),
  ),
  key: fc.option(index),
  whatIf: fc.option(change),
  lesson: fc.option(fc.record({ chapter: fc.string(), step: index })),
  view: fc.constantFrom('steps', 'heads', 'whatIf', 'map', 'tour', 'learn', 'matrix'),
}) as fc.Arbitrary<Navigation>;

/** No number that counts or addresses anything. */
const noIndex = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, -0.5, null, '1', undefined),
  fc.integer({ max: -1 }),
);

describe('theory, as it is kept and asked for', () => {
  it('a navigation survives being kept', () => {
    fc.assert(
      fc.property(navigation, (kept) => {
        const read = v.parse(keptNavigationSchema, JSON.parse(JSON.stringify(kept)));
        assert.deepEqual(v.parse(navigationSchema, read), read);
        assert.deepEqual(JSON.stringify(read), JSON.stringify(kept));
      }),
    );
  });

  it('one of an earlier version has what it did not know at its beginning', () => {
    const added = fc.subarray(['unit', 'key', 'whatIf', 'lesson'] as const, { minLength: 1 });
    fc.assert(
      fc.property(navigation, added, (kept, unknown) => {
        const old = Object.fromEntries(
          Object.entries(kept).filter(([name]) => !unknown.some((field) => field === name)),
        );
        const read = v.parse(keptNavigationSchema, old);
        for (const field of unknown) assert.deepEqual(read[field], initialNavigation[field]);
      }),
    );
  });

  it('one of a later version is refused, never half understood', () => {
    const known = Object.keys(initialNavigation);
    const field = fc
      .string({ minLength: 1 })
      .filter((name) => !known.includes(name) && name !== '__proto__');
    fc.assert(
      fc.property(navigation, field, fc.jsonValue(), (kept, name, value) => {
        assert.ok(!v.is(keptNavigationSchema, { ...kept, [name]: value }));
        const later = { kind: `${name}!`, ...kept.whatIf };
        if (kept.whatIf === null)
          assert.ok(!v.is(keptNavigationSchema, { ...kept, whatIf: later }));
      }),
    );
  });

  it('a change with a number that is none, or with more than it has, is no change', () => {
    fc.assert(
      fc.property(change, noIndex, (made, number) => {
        assert.ok(v.is(changeSchema, made));
        assert.ok(!v.is(changeSchema, { ...made, more: 1 }));
        if (made.kind === 'positionsShifted')
          assert.ok(!v.is(changeSchema, { ...made, by: number }));
        if (made.kind === 'soloed')
          assert.ok(!v.is(changeSchema, { ...made, head: { ...made.head, layer: number } }));
      }),
    );
  });

  it('a question that counts with what is no number never reaches the engine', () => {
    const asks = (name: string, question: object): boolean => v.is(querySchema, { name, question });
    const place = { stack: 'encoder', layer: 0, head: 0 };
    fc.assert(
      fc.property(noIndex, (number) => {
        assert.ok(!asks('steps', { ...place, query: number, key: null }));
        assert.ok(!asks('neurons', { half: 'encoder', layer: number, token: 0 }));
        assert.ok(!asks('tiedEmbeddings', { side: 'source', token: number }));
        assert.ok(
          !asks('whatIfRows', { change: { kind: 'unmasked' }, ...place, from: 0, to: number }),
        );
      }),
    );
  });

  it('a tour asks for no more than one would wait for', () => {
    const pair = pairOf(tourStops[0]!);
    const muting = (draws: number, word = pair.word) => ({
      name: 'tourMuting',
      question: {
        pair: { ...pair, word },
        heads: [{ stack: 'cross', layer: 0, head: 0 }],
        single: 0,
        draws,
      },
    });
    const asked = v.safeParse(querySchema, muting(MAX_DRAWS, 'w'.repeat(MAX_WORD_CHARACTERS)));
    assert.ok(asked.success && isStudy(asked.output));
    assert.ok(!v.is(querySchema, muting(MAX_DRAWS + 1)));
    assert.ok(!v.is(querySchema, muting(1, 'w'.repeat(MAX_WORD_CHARACTERS + 1))));
  });
});
