// What is seen of a model while it writes is what a whole pass over the same tokens computes, and what
// is given to it reads as if it had been written.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { CachedSteps } from '../../../src/transformer/cachedSteps';
import type { Decoding } from '../../../src/transformer/decoding';
import { likeliest, type Chooser } from '../../../src/transformer/generate/chooser';
import type { GenerationOptions } from '../../../src/transformer/generate/generationOptions';
import { sampler } from '../../../src/transformer/generate/sampler';
import { write, type WritingPlan } from '../../../src/transformer/generate/write';
import { hasOwnKernel } from '../../../src/transformer/operations/ownKernels';
import { noProbe, type Probe } from '../../../src/transformer/probe';
import { unwatched } from '../../../src/transformer/runControl';
import { tokenBatch } from '../../../src/transformer/sequence';
import type { Transformer } from '../../../src/transformer/transformer';
import { GatherProbe } from '../../support/gatherProbe';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { IDS } from './smallPass';

const STEPS = 20;
/** tfjs's kernels add up in another order when there are more rows; ours do not. */
const tolerance = (): number => (hasOwnKernel('PackedProduct') ? 0 : 1e-5);

/** Rules of no model: none of them, and no end. */
const OPTIONS: GenerationOptions = {
  endTokens: [],
  padToken: null,
  startToken: 7,
  forcedFirst: null,
  forcedLast: [],
  badWords: [],
  suppressed: [],
  suppressedFirst: [],
  noRepeatNgram: 2,
  repetitionPenalty: 1,
  renormalize: false,
};

interface Written {
  /** New ones. */
  readonly tokens: readonly number[];
  /** Of each step, `[vocabulary]`. */
  readonly logits: readonly Float32Array[];
}

/** Lets a model write behind the same text. */
async function written(
  model: Transformer,
  plan: Partial<WritingPlan>,
  chooser: Chooser,
  watch: { probe?: Probe; begun?: (decoding: Decoding) => void; step?: () => Promise<void> } = {},
): Promise<Written> {
  const source = tokenBatch([IDS]);
  const states = model.encoder ? await model.encode(source, noProbe, unwatched) : null;
  const decoding = model.startDecoding(states && { states, tokens: source }, watch.probe);
  const steps = new CachedSteps(model, decoding, watch.probe);
  const rows = [model.encoder ? [OPTIONS.startToken!] : IDS];
  const logits: Float32Array[] = [];
  try {
    watch.begun?.(decoding);
    const task = { prompt: { rows }, maxNewTokens: STEPS, ...plan };
    const sequences = await write(steps, task, OPTIONS, chooser, async (step) => {
      logits.push(step.logits.slice());
      await watch.step?.();
    });
    watch.begun?.(decoding);
    return { tokens: sequences[0]!.slice(rows[0]!.length), logits };
  } finally {
    steps.dispose();
    states?.dispose();
  }
}

/** Patterns and logits of a whole pass over what is there before token `count` of the output is chosen. */
async function wholePass(model: Transformer, tokens: readonly number[], count: number) {
  const before = tokens.slice(0, count);
  const source = tokenBatch([model.encoder ? IDS : [...IDS, ...before]]);
  const target = model.encoder ? tokenBatch([[OPTIONS.startToken!, ...before]]) : null;
  const seen = new GatherProbe(isPattern);
  const { states, logits } = await model.forward(source, target, seen);
  const all = logits!.dataSync<'float32'>().slice();
  tf.dispose([states, logits!]);
  const { length } = target ?? source;
  return { patterns: seen, logits: all.subarray((all.length / length) * (length - 1)) };
}

const isPattern = (name: string): boolean =>
  name.endsWith('attn.pattern') && !name.startsWith('encoder.');

/** The last query's weights of all heads, `[head, key]`. */
function lastRows(probe: GatherProbe, name: string): Float32Array {
  const [, heads, queries, keys] = probe.shapes.get(name)! as [number, number, number, number];
  const pattern = probe.values.get(name)!; // [1, head, query, key]
  const rows = Array.from({ length: heads }, (_, head) => {
    const from = (head * queries + queries - 1) * keys;
    return [...pattern.subarray(from, from + keys)];
  });
  return Float32Array.from(rows.flat());
}

function tests(model: () => Transformer): void {
  it('show at each what a whole pass over the tokens so far computes', async () => {
    const probe = new GatherProbe(isPattern);
    const rows: Map<string, Float32Array>[] = [];
    const { tokens, logits } = await written(model(), {}, likeliest, {
      probe,
      step: async () => {
        const names = [...probe.values.keys()];
        rows.push(new Map(names.map((name) => [name, lastRows(probe, name)])));
      },
    });
    assert.equal(rows.length, STEPS);
    for (const [place, patterns] of rows.entries()) {
      const whole = await wholePass(model(), tokens, place);
      assert.ok(maxAbs(logits[place]!, whole.logits) <= tolerance(), `logits ${place}`);
      assert.deepEqual([...patterns.keys()], [...whole.patterns.values.keys()]);
      assert.ok(patterns.size >= model().decoder!.parts.blocks.length);
      for (const [name, weights] of patterns)
        assert.ok(
          maxAbs(weights, lastRows(whole.patterns, name)) <= tolerance(),
          `${name} ${place}`,
        );
    }
  });

  it('are the same again where what was written is given', async () => {
    const first = await written(model(), {}, likeliest);
    const given = first.tokens;
    assert.equal(given.length, STEPS);
    assert.deepEqual(await written(model(), { given, onlyGiven: true }, likeliest), first);
    const half = await written(model(), { given: given.slice(0, STEPS / 2) }, likeliest);
    assert.deepEqual(half, first);
    const nothing = await written(model(), { given: [], onlyGiven: true }, likeliest);
    assert.deepEqual(nothing, { tokens: [], logits: [] });
  });

  it('go on by themselves from what is given: drawn with a seed they stay what they were', async () => {
    const chooser = () => sampler({ temperature: 1.2, topK: 30, topP: 0.95, seed: 11 });
    const first = await written(model(), {}, chooser());
    const places: number[] = [];
    const watched = chooser();
    const half = await written(
      model(),
      { given: first.tokens.slice(0, STEPS / 2) },
      {
        ...watched,
        choose: (scores, place, row) => {
          places.push(place);
          return watched.choose(scores, place, row);
        },
      },
    );
    assert.deepEqual(half, first);
    assert.deepEqual(places, first.tokens.map((_, place) => place).slice(STEPS / 2));
    const [one, ...others] = first.tokens;
    const branch = await written(model(), { given: [one! + 1], maxNewTokens: 5 }, chooser());
    assert.equal(branch.tokens[0], one! + 1);
    assert.notDeepEqual(branch.tokens.slice(1), others.slice(0, 4));
  });
}

function crossTests(model: () => Transformer): void {
  it('leave keys and values of cross-attention as they are, computed once', async () => {
    let computed = 0;
    const counter = new GatherProbe((name) => /cross_attn\.hook_[kv]$/.test(name));
    const probe: Probe = {
      wants: (name) => counter.wants(name),
      visit: (name, value) => {
        if (counter.wants(name)) computed++;
        return counter.visit(name, value);
      },
    };
    const bytes: Uint8Array[][] = [];
    const tensors: tf.Tensor[][] = [];
    await written(model(), {}, likeliest, {
      probe,
      begun: (decoding) => {
        const all = decoding.crossKeysValues!.flatMap((layer) => layer.tensors);
        tensors.push(all);
        bytes.push(all.map((one) => new Uint8Array(one.dataSync<'float32'>().slice().buffer)));
      },
    });
    const layers = model().decoder!.parts.blocks.length;
    assert.equal(bytes.length, 2);
    assert.ok(bytes[0]!.length >= 2 * layers);
    assert.deepEqual(bytes[1], bytes[0]);
    assert.deepEqual(
      tensors[1]!.map(({ id }) => id),
      tensors[0]!.map(({ id }) => id),
    );
    assert.equal(computed, 2 * layers);
  });
}

describeModels(`${STEPS} steps of writing`, ['reference/marian', 'reference/gpt2'], tests);
describeModels(`${STEPS} steps of writing from an encoder`, ['reference/marian'], crossTests);
// Relative and rotary positions: steps of the cache have places of their own.
describeModels(`${STEPS} steps of writing`, ['reference/t5', 'reference/llama'], tests, ['own']);
