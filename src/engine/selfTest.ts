import os from 'node:os';
import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { ExpectedTensors } from './expectedTensors';
import type { SelfTestReport } from '../protocol/engineMessages';
import { CachedSteps } from '../transformer/cachedSteps';
import { greedy } from '../transformer/generate/greedy';
import { noProbe, type Probe } from '../transformer/probe';
import { unwatched } from '../transformer/runControl';
import { tokenBatch } from '../transformer/sequence';
import type { Backend } from './backend';
import type { LoadedModel } from './loadedModel';
import type { ModelCache } from './modelCache';
import { NodeModelFolder } from './nodeModelFolder';
import { referenceNames } from './referenceNames';
import { wasmFeatures } from './wasmFeatures';

/** Allowed difference from the stored tensors: float32 sums in another order, as in the reference set. */
const TOLERANCE = 1e-4;

const rowsSchema = v.array(v.array(v.number()));
const caseSchema = v.object({
  inputs: v.object({
    input_ids: rowsSchema,
    attention_mask: rowsSchema,
    decoder_input_ids: rowsSchema,
  }),
  sequences: rowsSchema,
});
type Case = v.InferOutput<typeof caseSchema>;
const expectedSchema = v.object({ cases: v.record(v.string(), caseSchema) });

/**
 * Runs the model on its stored cases in this very process: every captured tensor against the stored
 * one, the greedy output against the stored tokens, and whether any tensor stays behind.
 */
export async function selfTest(
  path: string,
  models: ModelCache,
  backend: Backend,
): Promise<SelfTestReport> {
  const begin = performance.now();
  const folder = new NodeModelFolder(path);
  const model = await models.get(path, { aborted: false });
  const { cases } = v.parse(
    expectedSchema,
    JSON.parse((await folder.text('expected.json')) ?? '{}'),
  );
  const expected = await ExpectedTensors.open(folder);
  const tensorsBefore = tf.memory().numTensors;
  const parity: { tensor: string; maxAbs: number }[] = [];
  let generationEqual = true;
  try {
    for (const [name, one] of Object.entries(cases)) {
      parity.push(...(await compare(model, name, one, expected)));
      generationEqual &&= await generatesSame(model, one);
    }
  } finally {
    await expected.close();
  }
  const leakedTensors = tf.memory().numTensors - tensorsBefore;
  const features = wasmFeatures();
  return {
    backend: backend.name,
    kernels: backend.wasm?.variant.kernels ?? 'stock',
    threads: backend.wasm?.threads ?? 1,
    simd: backend.wasm !== null && features.simd,
    threadsAvailable: features.threads,
    sharedArrayBuffer: typeof SharedArrayBuffer !== 'undefined',
    relaxedSimd: features.relaxedSimd,
    cores: os.availableParallelism(),
    node: process.versions.node,
    tfjs: tf.version_core,
    model: model.summary.name,
    parity,
    tolerance: TOLERANCE,
    generationEqual,
    leakedTensors,
    milliseconds: performance.now() - begin,
    passed:
      parity.length > 0 &&
      parity.every(({ maxAbs }) => maxAbs <= TOLERANCE) &&
      generationEqual &&
      leakedTensors === 0,
  };
}

/** Largest difference of every stored tensor of a case. A tensor that was not computed counts as infinitely off. */
async function compare(
  model: LoadedModel,
  name: string,
  { inputs }: Case,
  expected: ExpectedTensors,
): Promise<{ tensor: string; maxAbs: number }[]> {
  const names = referenceNames(model.transformer.config);
  const captured = new Map<string, Float32Array>();
  const probe: Probe = {
    wants: (hook) => names.has(hook),
    visit(hook, value) {
      const numbers = value.dataSync<'float32'>();
      for (const reference of names.get(hook)!) captured.set(reference, numbers);
      return undefined;
    },
  };
  const source = tokenBatch(inputs.input_ids, { mask: inputs.attention_mask });
  const target = tokenBatch(inputs.decoder_input_ids);
  const { states, logits } = await model.transformer.forward(source, target, probe);
  tf.dispose([states, ...(logits ? [logits] : [])]);
  const results: { tensor: string; maxAbs: number }[] = [];
  for (const tensor of expected.namesOf(name)) {
    const stored = await expected.read(`${name}/${tensor}`);
    const computed = captured.get(tensor);
    results.push({ tensor: `${name}/${tensor}`, maxAbs: largestDifference(stored, computed) });
  }
  return results;
}

function largestDifference(stored: Float32Array, computed: Float32Array | undefined): number {
  if (computed?.length !== stored.length) return Number.MAX_VALUE;
  let largest = 0;
  for (const [i, value] of stored.entries()) {
    const difference = Math.abs(value - computed[i]!);
    if (!(difference <= largest))
      largest = Number.isNaN(difference) ? Number.MAX_VALUE : difference;
  }
  return largest;
}

async function generatesSame(model: LoadedModel, { inputs, sequences }: Case): Promise<boolean> {
  const { transformer, generation } = model;
  const tokens = tokenBatch(inputs.input_ids, { mask: inputs.attention_mask });
  const states = await transformer.encode(tokens, noProbe, unwatched);
  const steps = new CachedSteps(transformer, transformer.startDecoding({ states, tokens }));
  try {
    const prompt = { rows: sequences.map((row) => row.slice(0, 1)) };
    const maxNewTokens = Math.max(...sequences.map((row) => row.length)) - 1;
    const written = await greedy(steps, { prompt, maxNewTokens }, generation);
    return JSON.stringify(written) === JSON.stringify(sequences);
  } finally {
    steps.dispose();
    states.dispose();
  }
}
