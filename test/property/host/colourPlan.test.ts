import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EDITOR_STEPS } from '../../../src/palette/editorSteps';
import {
  MARGIN_CHARACTERS,
  STRONGEST,
  colourPlan,
  type ColourQuestion,
} from '../../../src/host/editor/colourPlan';
import type { Span } from '../../../src/host/editor/trackedText';

/** Offsets small enough that tokens meet, and large enough that margins end. */
const span = fc
  .tuple(fc.nat({ max: 4 * MARGIN_CHARACTERS }), fc.nat({ max: 30 }))
  .map(([start, length]): Span => [start, start + length]);
const tokens = fc.array(
  fc.tuple(fc.option(span), fc.oneof(fc.float({ min: 0, max: 1 }), fc.constant(Number.NaN))),
  { maxLength: 200 },
);

const question: fc.Arbitrary<ColourQuestion> = fc
  .record({
    tokens,
    chosen: fc.option(span),
    visible: fc.array(span, { maxLength: 3 }),
    selected: fc.array(span, { maxLength: 2 }),
    scale: fc.constantFrom('relative' as const, 'absolute' as const),
    stale: fc.boolean(),
    limit: fc.integer({ min: STRONGEST + 1, max: 220 }),
  })
  .map(({ tokens, ...rest }) => ({
    ...rest,
    weights: Float32Array.from(tokens, ([, weight]) => weight),
    spans: tokens.map(([where]) => where),
  }));

const holds = (check: (asked: ColourQuestion) => void): void =>
  fc.assert(fc.property(question, check), { numRuns: 300 });

const meets = (a: Span, b: Span, by: number): boolean => a[0] <= b[1] + by && b[0] <= a[1] + by;

describe('colour plan, whatever is asked', () => {
  it('never holds more than the limit', () => {
    holds((asked) => {
      const { steps, query, strongest } = colourPlan(asked);
      const alive = steps.flat().length + strongest.length + (query === null ? 0 : 1);
      assert.ok(alive <= asked.limit, `${alive} of ${asked.limit}`);
      assert.ok(strongest.length <= STRONGEST);
      assert.equal(steps.length, EDITOR_STEPS);
    });
  });

  it('colours no character twice, and nothing empty, in the order of the text', () => {
    holds((asked) => {
      const { steps } = colourPlan(asked);
      for (const spans of steps)
        for (const [i, [start]] of spans.entries())
          assert.ok(i === 0 || (spans[i - 1]?.[1] ?? 0) <= start, 'sorted within a step');
      const all = steps.flat().sort((a, b) => a[0] - b[0]);
      for (const [i, [start, end]] of all.entries()) {
        assert.ok(start < end);
        assert.ok(i === 0 || (all[i - 1]?.[1] ?? 0) <= start, 'apart from each other');
      }
    });
  });

  it('stays near what is in sight, and off selections', () => {
    holds((asked) => {
      for (const one of colourPlan(asked).steps.flat()) {
        assert.ok(asked.visible.some((range) => meets(one, range, MARGIN_CHARACTERS)));
        assert.ok(!asked.selected.some(([from, to]) => one[0] < to && from < one[1]));
      }
    });
  });

  it('colours only characters of weighed tokens, and with room enough all that are near', () => {
    holds((asked) => {
      const weighed = asked.spans.filter(
        (span, i): span is Span => span !== null && !Number.isNaN(asked.weights[i]),
      );
      const { steps } = colourPlan({ ...asked, limit: 10_000, selected: [], chosen: null });
      const drawn = new Set(steps.flat().flatMap(characters));
      const given = new Set(weighed.flatMap(characters));
      for (const character of drawn) assert.ok(given.has(character));
      const [sight] = asked.visible;
      if (sight === undefined) return;
      for (const one of weighed)
        if (one[0] < sight[1] && sight[0] < one[1])
          for (const character of characters(one)) assert.ok(drawn.has(character));
    });
  });

  it('paints a token of larger weight never fainter', () => {
    holds((asked) => {
      const { steps } = colourPlan(asked);
      const stepOf = new Map(
        steps.flatMap((spans, step) => spans.map(([start]) => [start, step] as const)),
      );
      // Only tokens that share no character: the others count by the largest.
      const alone = asked.spans.flatMap((span, i) => {
        const others = asked.spans.filter((other, j) => j !== i && other !== null);
        const weight = asked.weights[i] ?? Number.NaN;
        const step = span === null ? undefined : stepOf.get(span[0]);
        if (span === null || step === undefined || Number.isNaN(weight)) return [];
        return others.some((other) => other !== null && meets(span, other, 0))
          ? []
          : [{ weight, step }];
      });
      alone.sort((a, b) => a.weight - b.weight);
      for (const [i, { step }] of alone.entries())
        assert.ok(i === 0 || (alone[i - 1]?.step ?? 0) <= step);
    });
  });
});

const characters = ([start, end]: Span): number[] =>
  Array.from({ length: end - start }, (_, i) => start + i);
