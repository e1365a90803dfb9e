// Sampling's cuts and beam search against Hugging Face transformers (test/fixtures/generation/make_searches.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CachedSteps } from '../../../src/transformer/cachedSteps';
import {
  beamSearch,
  type BeamResult,
  type BeamSearchStep,
} from '../../../src/transformer/generate/beam';
import type { BeamSettings } from '../../../src/transformer/generate/beamScoring';
import { generationOptions } from '../../../src/transformer/generate/generationOptions';
import { logitsRules } from '../../../src/transformer/generate/logitsRules';
import { sampler } from '../../../src/transformer/generate/sampler';
import { noProbe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import { onKernels } from '../../support/kernels';
import { loadReference, type ReferenceModel } from '../../support/reference';
import { TableModel, tableConfig, type Tables } from './tableModel';

interface SearchCase extends Required<BeamSettings> {
  readonly options: Record<string, unknown>;
  readonly maxNewTokens: number;
  /** By row, best first. */
  readonly found: { tokens: number[]; score: number }[][];
}
interface TableCase extends SearchCase {
  readonly tables: number;
  readonly prompt: number[][];
  /** Of the first row; or how many there were. */
  readonly steps: readonly StepRecord[] | number;
}
interface ModelCase extends SearchCase {
  readonly model: string;
  readonly source: number[][];
}
type Growth = readonly [token: number, origin: number, sum: number];
interface StepRecord {
  readonly position: number;
  /** With their total. */
  readonly running: readonly Growth[];
  /** With their score. */
  readonly finished: readonly Growth[];
}
interface WarpCase {
  readonly row: number;
  readonly options: { temperature: number; top_k: number; top_p: number };
  /** Ids and scores of what is left. */
  readonly kept: readonly [number, number][];
}

/** Allowed difference of a score: a few roundings of float32, of sums up to 100 with a length penalty below 0. */
const TOLERANCE = 1e-5;
const SHORT_OF = 1e-6;

const read = (name: string): unknown =>
  JSON.parse(readFileSync(`test/fixtures/generation/${name}.json`, 'utf8'));
const nameOf = ({ beams, lengthPenalty, earlyStopping, options }: SearchCase): string =>
  `${beams} beams, length penalty ${lengthPenalty}, early stopping ${earlyStopping}, ${JSON.stringify(options)}`;

function isClose(actual: number, wanted: number): void {
  const bound = Math.max(TOLERANCE, SHORT_OF * Math.abs(wanted));
  assert.ok(Math.abs(actual - wanted) <= bound, `${actual} for ${wanted}`);
}

function agrees({ hypotheses, sequences, scores }: BeamResult, { found }: SearchCase): void {
  const tokensOf = (all: readonly { tokens: readonly number[] }[]) => all.map((one) => one.tokens);
  assert.deepEqual(hypotheses.map(tokensOf), found.map(tokensOf));
  for (const [row, all] of found.entries()) {
    for (const [place, { score }] of all.entries()) isClose(hypotheses[row]![place]!.score, score);
    const best = hypotheses[row]![0]!;
    assert.deepEqual(sequences[row]!.slice(0, best.tokens.length), best.tokens);
    assert.equal(scores[row], best.score);
  }
}

const ascending = (kept: readonly [number, number][]): number[] =>
  kept.map(([, score]) => score).toSorted((a, b) => a - b);

/** Without the least likely of them: which of equals is left at a cut is up to the machine's sorting in the original. */
function aboveLast(kept: readonly [number, number][]): [number, number][] {
  const least = Math.min(...kept.map(([, score]) => score));
  return kept.filter(([, score]) => score > least);
}

describe('scores before a token is drawn, against Hugging Face transformers', () => {
  const { said, rows, cases } = read('warped') as {
    said: number[];
    rows: number[][];
    cases: WarpCase[];
  };

  it(`${cases.length} combinations of temperature, top-k, top-p and rules`, () => {
    for (const { row, options, kept } of cases) {
      const scores = Float32Array.from(rows[row]!);
      const rules = generationOptions(tableConfig, {}, { eos_token_id: 1, ...options });
      for (const rule of logitsRules(rules, 1, 100)) rule(said, scores);
      const { temperature, top_k: topK, top_p: topP } = options;
      sampler({ temperature, topK: topK || null, topP, seed: 1 }).narrow(scores);
      const left = [...scores.entries()].filter(([, score]) => score > -Infinity);
      const wanted = kept.map(([id, score]): [number, number] => [id, Math.fround(score)]);
      const name = `row ${row}, ${JSON.stringify(options)}`;
      assert.deepEqual(ascending(left), ascending(wanted), name);
      assert.deepEqual(aboveLast(left), aboveLast(wanted), name);
    }
  });
});

describe('beam search with penalties and early stopping, against Hugging Face transformers', () => {
  const { tables } = read('cases') as { tables: Tables[] };
  const { cases } = read('beams') as { cases: TableCase[] };

  for (const [number, one] of cases.entries())
    it(`on tables ${number}: ${nameOf(one)}`, async () => {
      const model = new TableModel(tables[one.tables]!);
      const options = generationOptions(tableConfig, {}, one.options);
      const steps: BeamSearchStep[] = [];
      const result = await beamSearch(
        model,
        { ...one, prompt: { rows: one.prompt } },
        options,
        (rows) => {
          assert.equal(rows.length, one.prompt.length);
          steps.push(rows[0]!);
        },
      );
      agrees(result, one);
      if (typeof one.steps === 'number') assert.equal(steps.length, one.steps);
      else checkSteps(steps, one.steps);
    });

  it('a length penalty that makes all scores count as minus infinity still comes to an output', async () => {
    const one = cases[0]!;
    const prompt = { rows: one.prompt };
    const task = { ...one, prompt, lengthPenalty: -30, earlyStopping: false };
    const { hypotheses } = await beamSearch(
      new TableModel(tables[one.tables]!),
      task,
      generationOptions(tableConfig, {}, one.options),
    );
    assert.equal(hypotheses[0]!.length, 1);
    assert.ok(hypotheses[0]![0]!.tokens.length > one.prompt[0]!.length);
  });

  it('early stopping decides what is found, and when', () => {
    const outcome = ({ found, steps }: TableCase) =>
      JSON.stringify([found, typeof steps === 'number' ? steps : steps.length]);
    const groups = Array.from({ length: cases.length / 3 }, (_, i) =>
      cases.slice(3 * i, 3 * i + 3),
    );
    const all = groups.filter((group) => new Set(group.map(outcome)).size === 3);
    assert.ok(all.length >= 1, 'all three ways differ');
  });
});

function checkSteps(steps: readonly BeamSearchStep[], wanted: readonly StepRecord[]): void {
  assert.equal(steps.length, wanted.length);
  for (const [number, { position, running, finished }] of steps.entries()) {
    const record = wanted[number]!;
    const namesOf = (all: readonly Growth[]) => all.map(([token, origin]) => [token, origin]);
    assert.equal(position, record.position);
    const named = (all: BeamSearchStep['running']) => all.map((one) => [one.token, one.origin]);
    assert.deepEqual(named(running), namesOf(record.running));
    assert.deepEqual(named(finished), namesOf(record.finished));
    for (const [place, [, , total]] of record.running.entries())
      isClose(running[place]!.total, total);
    for (const [place, [, , score]] of record.finished.entries())
      isClose(finished[place]!.score, score);
  }
}

describe('beam search of small models, against Hugging Face transformers', () => {
  const { cases } = read('modelBeams') as { cases: ModelCase[] };
  onKernels('own');

  for (const name of new Set(cases.map((one) => one.model)))
    describe(name, () => {
      let reference: ReferenceModel;
      before(async () => {
        reference = await loadReference(`test/fixtures/reference/${name}`);
      });
      after(async () => {
        reference.model.dispose();
        await reference.tensors.close();
      });
      for (const one of cases.filter(({ model }) => model === name))
        it(`${one.source.length} × ${nameOf(one)}`, async () =>
          agrees(await searched(reference, one), one));
    });
});

/** What a small model finds. */
async function searched(
  { model, generation }: ReferenceModel,
  one: ModelCase,
): Promise<BeamResult> {
  const plain = generation();
  const { eos_token_id: ends, repetition_penalty: penalty } = one.options;
  const options = {
    ...plain,
    endTokens: ends as number[],
    repetitionPenalty: (penalty as number | undefined) ?? plain.repetitionPenalty,
  };
  const tokens = tokenBatch(one.source);
  const states = model.encoder ? await model.encode(tokens, noProbe, unwatched) : null;
  const rows = states ? one.source.map(() => [options.startToken!]) : one.source;
  const steps = new CachedSteps(model, model.startDecoding(states && { states, tokens }));
  try {
    return await beamSearch(steps, { ...one, prompt: { rows } }, options);
  } finally {
    steps.dispose();
    states?.dispose();
  }
}
