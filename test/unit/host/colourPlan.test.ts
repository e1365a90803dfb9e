import assert from 'node:assert/strict';
import { EDITOR_STEPS } from '../../../src/palette/editorSteps';
import {
  MARGIN_CHARACTERS,
  STRONGEST,
  colourPlan,
  type ColourPlan,
  type ColourQuestion,
} from '../../../src/host/editor/colourPlan';
import type { Span } from '../../../src/host/editor/trackedText';

const TOP = EDITOR_STEPS - 1;

/** Tokens of four characters with a space between them, from an offset on. */
const spansOf = (count: number, from = 0): Span[] =>
  Array.from({ length: count }, (_, i) => [from + 5 * i, from + 5 * i + 4]);

const question = (
  weights: readonly number[],
  change: Partial<ColourQuestion> = {},
): ColourQuestion => ({
  weights: Float32Array.from(weights),
  spans: spansOf(weights.length),
  chosen: null,
  visible: [[0, 10_000]],
  selected: [],
  scale: 'relative',
  stale: false,
  limit: 500,
  ...change,
});

const stepAt = ({ steps }: ColourPlan, start: number): number | null => {
  const step = steps.findIndex((spans) => spans.some(([from]) => from === start));
  return step < 0 ? null : step;
};

const coloured = ({ steps }: ColourPlan): Span[] => steps.flat().sort((a, b) => a[0] - b[0]);

/** A plan that frames a token without a weight. */
const framed = (span: Span): ColourPlan['query'] => ({ span, step: null });

describe('colour plan', () => {
  it('gives the largest weight the strongest step, and codes the others by their square root', () => {
    const plan = colourPlan(question([0.5, 0.125, 0.02, 0]));
    assert.equal(stepAt(plan, 0), TOP);
    assert.equal(stepAt(plan, 5), Math.round(TOP * Math.sqrt(0.25)));
    assert.equal(stepAt(plan, 10), Math.round(TOP * Math.sqrt(0.04)));
    assert.equal(stepAt(plan, 15), 0);
    assert.equal(plan.steps.length, EDITOR_STEPS);
  });

  it('measures against 1 on the absolute scale', () => {
    const plan = colourPlan(question([0.25, 0.04], { scale: 'absolute' }));
    assert.equal(stepAt(plan, 0), Math.round(TOP * 0.5));
    assert.equal(stepAt(plan, 5), Math.round(TOP * 0.2));
  });

  it('measures against the whole row, also against tokens without characters', () => {
    const spans: (Span | null)[] = [null, [0, 4]];
    const plan = colourPlan(question([0.8, 0.2], { spans }));
    assert.equal(stepAt(plan, 0), Math.round(TOP * 0.5));
    assert.equal(coloured(plan).length, 1);
  });

  it('leaves hidden tokens and empty characters alone', () => {
    const spans: Span[] = [
      [0, 4],
      [5, 5],
      [6, 9],
    ];
    const plan = colourPlan(question([Number.NaN, 0.5, 0.5], { spans }));
    assert.deepEqual(coloured(plan), [[6, 9]]);
    assert.deepEqual(plan.strongest, [[6, 9]]);
  });

  it('has no colour for tokens the row says nothing about', () => {
    assert.deepEqual(coloured(colourPlan(question([0.5], { spans: spansOf(3) }))), [[0, 4]]);
    assert.deepEqual(coloured(colourPlan(question([]))), []);
  });

  it('colours characters that several tokens share once, by the largest of them', () => {
    const emoji: Span = [0, 2];
    const spans: Span[] = [emoji, emoji, emoji, [2, 4]];
    const plan = colourPlan(question([0.01, 0.36, 0.04, 1], { spans }));
    assert.equal(stepAt(plan, 0), Math.round(TOP * 0.6));
    assert.deepEqual(coloured(plan), [emoji, [2, 4]]);
  });

  it('gives characters that overlap to the first token, and those within another to the outer', () => {
    const spans: Span[] = [
      [0, 6],
      [4, 9],
      [9, 20],
      [12, 14],
    ];
    const plan = colourPlan(question([1, 1, 0.01, 1], { spans }));
    assert.deepEqual(coloured(plan), [
      [0, 6],
      [6, 9],
      [9, 20],
    ]);
    assert.equal(stepAt(plan, 9), TOP);
  });

  it('brings tokens in the order of the text, whatever order they come in', () => {
    const spans: Span[] = [
      [10, 12],
      [0, 2],
      [5, 7],
    ];
    const plan = colourPlan(question([1, 1, 1], { spans }));
    assert.deepEqual(plan.steps[TOP], [
      [0, 2],
      [5, 7],
      [10, 12],
    ]);
  });

  it('colours what is in sight and a margin around it, not more', () => {
    const far = MARGIN_CHARACTERS + 100;
    const spans: Span[] = [
      [0, 4],
      [95, 100],
      [far - 10, far - 5],
      [far, far + 5],
      [far + 110, far + 120],
    ];
    const plan = colourPlan(question([1, 1, 1, 1, 1], { spans, visible: [[far + 5, far + 8]] }));
    assert.deepEqual(coloured(plan), spans.slice(2));
  });

  it('colours nothing in an editor that shows nothing', () => {
    assert.deepEqual(coloured(colourPlan(question([1, 1], { visible: [] }))), []);
  });

  it('sees every part that folded regions leave in sight', () => {
    const gap = 10 * MARGIN_CHARACTERS;
    const spans: Span[] = [
      [0, 4],
      [gap / 2, gap / 2 + 4],
      [gap, gap + 4],
    ];
    const visible: Span[] = [
      [0, 10],
      [gap, gap + 10],
    ];
    const plan = colourPlan(question([1, 1, 1], { spans, visible }));
    assert.deepEqual(coloured(plan), [spans[0], spans[2]]);
  });

  it('lets a selection be seen where it is', () => {
    const plan = colourPlan(question([1, 1, 1], { selected: [[6, 8]] }));
    assert.deepEqual(coloured(plan), [
      [0, 4],
      [10, 14],
    ]);
    const beside = colourPlan(question([1, 1, 1], { selected: [[4, 5]] }));
    assert.equal(coloured(beside).length, 3);
  });

  it('marks the strongest of the whole text, the largest first, also out of sight', () => {
    const weights = [0.1, 0.3, 0, 0.05, 0.2];
    const plan = colourPlan(question(weights, { visible: [] }));
    assert.deepEqual(plan.strongest, [
      [5, 9],
      [20, 24],
      [0, 4],
    ]);
    assert.equal(plan.strongest.length, STRONGEST);
    assert.deepEqual(colourPlan(question([0, 0])).strongest, [], 'no weight is no mark');
  });

  it('frames the chosen token, if there is something to frame', () => {
    assert.deepEqual(colourPlan(question([1], { chosen: [7, 9] })).query, framed([7, 9]));
    assert.equal(colourPlan(question([1], { chosen: [3, 3] })).query, null);
    assert.equal(colourPlan(question([1])).query, null);
  });

  it('frames and fills the chosen token at once, so that it is not among the others', () => {
    const plan = colourPlan(question([1, 0.25], { chosen: [5, 9] }));
    assert.deepEqual(plan.query, { span: [5, 9], step: Math.round(TOP * 0.5) });
    assert.deepEqual(coloured(plan), [[0, 4]]);
    const selected = colourPlan(question([1, 0.25], { chosen: [5, 9], selected: [[5, 9]] }));
    assert.deepEqual(selected.query, framed([5, 9]));
  });

  it('dims a stale text: its strongest is in the lowest third, and the order stays', () => {
    const plan = colourPlan(question([1, 0.3, 0.01], { stale: true }));
    const steps = [0, 5, 10].map((start) => stepAt(plan, start) ?? -1);
    assert.deepEqual(
      steps,
      [...steps].sort((a, b) => b - a),
    );
    assert.ok((steps[0] ?? TOP) <= EDITOR_STEPS / 3);
    assert.ok((steps[0] ?? 0) > (steps[2] ?? 0));
  });

  describe('beyond the limit', () => {
    const weights = Array.from({ length: 40 }, (_, i) => (i % 10) / 100 + 0.01);

    it('keeps the strongest of what is in sight', () => {
      const limit = STRONGEST + 8;
      const plan = colourPlan(question(weights, { limit }));
      const kept = coloured(plan).map(([start]) => weights[start / 5]);
      assert.deepEqual(
        kept,
        weights.filter((weight) => weight >= 0.09),
        'the two largest of each ten',
      );
    });

    it('keeps what is in sight before the margin, and of the margin the nearest', () => {
      const limit = STRONGEST + 6;
      const plan = colourPlan(question(weights, { limit, visible: [[100, 119]] }));
      const tokens = coloured(plan).map(([start]) => start / 5);
      assert.deepEqual(tokens.slice(1, 5), [20, 21, 22, 23]);
      assert.deepEqual([tokens[0], tokens[5]], [19, 24]);
    });

    it('counts frame and marks', () => {
      const plan = colourPlan(question(weights, { limit: 10, chosen: [900, 904] }));
      assert.equal(coloured(plan).length, 10 - STRONGEST - 1);
    });

    it('may leave nothing', () => {
      assert.deepEqual(coloured(colourPlan(question(weights, { limit: 0 }))), []);
    });
  });
});
