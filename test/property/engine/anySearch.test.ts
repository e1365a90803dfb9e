// Whatever a reader or a checkpoint asks of a search: it comes to an end, and to numbers.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Failure } from '../../../src/failure/failure';
import { beamSearch } from '../../../src/transformer/generate/beam';
import { likeliest } from '../../../src/transformer/generate/chooser';
import type { GenerationOptions } from '../../../src/transformer/generate/generationOptions';
import { sampler } from '../../../src/transformer/generate/sampler';
import type { StepModel } from '../../../src/transformer/generate/stepModel';
import { write } from '../../../src/transformer/generate/write';

const RUNS = { numRuns: 500 };
const START = 0;

/** Numbers as wide as float64 has them. */
const extreme = fc.constantFrom(5e-324, 1e-45, 1e-30, 0.5, 1, 1.5, 1e30, 1e38, 1e308);
const positive = fc.oneof(extreme, fc.double({ min: 0.01, max: 100, noNaN: true }));
const signed = fc.oneof(
  positive,
  positive.map((one) => -one),
  fc.constant(0),
);

/** Logits `[last token][next token]` of a vocabulary of one token or a few. */
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((size) =>
    fc.array(
      fc.array(fc.float({ min: -40, max: 40, noNaN: true }), { minLength: size, maxLength: size }),
      { minLength: size, maxLength: size },
    ),
  );
/** Ids in and beyond such a vocabulary. */
const ids = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 4 });
const options: fc.Arbitrary<GenerationOptions> = fc.record({
  endTokens: ids,
  padToken: fc.constantFrom(null, 0),
  startToken: fc.constant(START),
  forcedFirst: fc.constantFrom(null, null, 0, 1, 6),
  forcedLast: ids,
  badWords: fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }), {
    maxLength: 4,
  }),
  suppressed: ids,
  suppressedFirst: ids,
  noRepeatNgram: fc.constantFrom(0, 0, 1, 2, Number.MAX_SAFE_INTEGER),
  repetitionPenalty: positive,
  renormalize: fc.boolean(),
});
const beams = fc.record({
  beams: fc.integer({ min: 1, max: 6 }),
  lengthPenalty: signed,
  earlyStopping: fc.constantFrom(true, false, 'never' as const),
});
const sampling = fc.record({
  temperature: positive,
  topK: fc.option(fc.constantFrom(1, 2, 1e9)),
  topP: fc.option(fc.constantFrom(5e-324, 1e-9, 0.5, 1)),
  seed: fc.nat(),
});
const length = fc.integer({ min: 1, max: 6 });

function modelOf(rows: readonly (readonly number[])[]): StepModel {
  const after = (tokens: readonly number[]): Promise<Float32Array> =>
    Promise.resolve(Float32Array.from(tokens.flatMap((token) => rows[token]!)));
  return {
    begin: (prompt) => after(prompt.rows.map((row) => row.at(-1)!)),
    step: (tokens) => after([...tokens]),
    reorder: () => undefined,
    dispose: () => undefined,
  };
}

/** Rules may leave nothing to choose; no other failure is theirs. */
async function unlessForbidden(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    assert.ok(thrown instanceof Failure, String(thrown));
    assert.equal(thrown.code, 'generation.noChoice');
  }
}

const prompt = { rows: [[START]] };

const noRules: GenerationOptions = {
  endTokens: [],
  padToken: null,
  startToken: START,
  forcedFirst: null,
  forcedLast: [],
  badWords: [],
  suppressed: [],
  suppressedFirst: [],
  noRepeatNgram: 0,
  repetitionPenalty: 1,
  renormalize: false,
};

describe('any search', () => {
  it('by beams comes to outputs and finite scores', () =>
    fc.assert(
      fc.asyncProperty(table, options, beams, length, (rows, rules, settings, maxNewTokens) =>
        unlessForbidden(async () => {
          const task = { prompt, maxNewTokens, ...settings };
          let steps = 0;
          const { hypotheses } = await beamSearch(modelOf(rows), task, rules, ([step]) => {
            steps++;
            for (const { total, score } of [...step!.running, ...step!.finished])
              assert.ok(Number.isFinite(total) && Number.isFinite(score), `${total}, ${score}`);
          });
          assert.ok(steps >= 1 && steps <= maxNewTokens);
          assert.ok(hypotheses[0]!.length >= 1);
          for (const { tokens, score } of hypotheses[0]!)
            assert.ok(Number.isFinite(score) && tokens.length > 1, `${score}`);
        }),
      ),
      RUNS,
    ));

  it('finds no more outputs than a vocabulary has', async () => {
    const task = { prompt, maxNewTokens: 3, beams: 4 };
    const { hypotheses } = await beamSearch(modelOf([[0]]), task, noRules);
    assert.deepEqual(hypotheses, [[{ tokens: [0, 0, 0, 0], score: 0 }]]);
  });

  it('by drawing, or greedily, comes to an output', () =>
    fc.assert(
      fc.asyncProperty(
        table,
        options,
        fc.option(sampling),
        length,
        (rows, rules, settings, maxNewTokens) =>
          unlessForbidden(async () => {
            const chooser = settings === null ? likeliest : sampler(settings);
            const task = { prompt, maxNewTokens };
            const [tokens] = await write(modelOf(rows), task, rules, chooser);
            assert.ok(tokens!.length > 1 && tokens!.length <= 1 + maxNewTokens);
            assert.ok(tokens!.every((token) => token < rows.length));
          }),
      ),
      RUNS,
    ));
});
