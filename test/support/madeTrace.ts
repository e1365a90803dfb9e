/** A trace of a decoder without an encoder, whose numbers come from no model but may be asked for like any. */
import * as tf from '@tensorflow/tfjs-core';
import { CaptureProbe } from '../../src/engine/captureProbe';
import { PictureQueue } from '../../src/engine/pictureQueue';
import { Trace } from '../../src/engine/trace';
import type { TracedModel } from '../../src/engine/tracedModel';
import type { ModelSummary, Token } from '../../src/protocol/trace';
import type { Structure } from '../../src/protocol/structure';
import type { Tokenizer } from '../../src/tokens/tokenizer';
import { PlainMatrix } from '../../src/transformer/matrix/plainMatrix';
import { modelOf, planWith } from './traceParts';

export const LAYERS = 2;
export const HEADS = 4;
export const KEY_VALUE_HEADS = 2;
export const D_V = 2;
export const D_MODEL = 3;

/** Numbers without a pattern, the same every time. */
export const numbers = (count: number, seed: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + seed));

/** What a layer made: attention `[head, query, key]`, values `[key, key-value head · d_v]`. */
export interface MadeLayer {
  readonly attention: Float32Array;
  readonly values: Float32Array;
}

export interface MadeTrace {
  readonly trace: Trace;
  readonly layers: readonly MadeLayer[];
  /** W_O `[head · d_v, d_model]` of each layer. */
  readonly outputs: readonly Float32Array[];
  dispose(): void;
}

/** Grouped-query attention, causal; captured through the probe under the hook names of one stack. */
export function madeTrace(
  source: readonly Token[],
  summary: Partial<ModelSummary> = {},
  model: Partial<TracedModel> = {},
): MadeTrace {
  const count = source.length;
  const outputs = Array.from({ length: LAYERS }, (_, l) => numbers(HEADS * D_V * D_MODEL, l));
  const tensors = outputs.map((output) => tf.tensor2d(output, [HEADS * D_V, D_MODEL]));
  const layers = Array.from({ length: LAYERS }, (_, l): MadeLayer => {
    const attention = numbers(HEADS * count * count, 10 + l).map(Math.abs);
    for (let row = 0; row < HEADS * count; row++) {
      const weights = attention.subarray(row * count, (row + 1) * count);
      weights.fill(0, (row % count) + 1);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      for (let key = 0; key < count; key++) weights[key]! /= sum;
    }
    return { attention, values: numbers(count * KEY_VALUE_HEADS * D_V, 20 + l) };
  });
  const plan = planWith({
    text: source.map(({ label }) => label).join(''),
    source: [...source],
    model: modelOf({
      architecture: 'decoder',
      modelType: 'llama',
      className: 'LlamaForCausalLM',
      layers: { encoder: 0, decoder: LAYERS },
      heads: { encoder: 0, decoder: HEADS },
      keyValueHeads: { encoder: 0, decoder: KEY_VALUE_HEADS },
      headWidth: D_V,
      dModel: D_MODEL,
      ...summary,
    }),
  });
  const traced: TracedModel = {
    folder: '/models/made',
    get structure(): Structure {
      throw new Error('no structure was made');
    },
    get tokenizer(): Tokenizer {
      throw new Error('no tokenizer was made');
    },
    get searchAsked(): never {
      throw new Error('no model folder was made');
    },
    outputProjection: (_, layer) => new PlainMatrix(tensors[layer]!),
    positionTable: () => null,
    positionProjections: () => null,
    stackConfig: () => null,
    relativeBiasTable: () => null,
    ...model,
  };
  const trace = new Trace('made', plan, traced, new PictureQueue());
  const probe = new CaptureProbe(trace);
  const stack = plan.model.architecture === 'encoder' ? 'encoder' : 'decoder';
  for (const [l, { attention, values }] of layers.entries()) {
    const visit = (name: string, data: Float32Array, shape: number[]): void => {
      // A trace of two stacks has their names before its hooks; these have one.
      if (!probe.wants(name)) throw new Error(`${stack} does not want ${name}`);
      const tensor = tf.tensor(data, shape);
      probe.visit(name, tensor);
      tensor.dispose();
    };
    visit(`blocks.${l}.attn.hook_v`, values, [1, count, KEY_VALUE_HEADS, D_V]);
    visit(`blocks.${l}.attn.pattern`, attention, [1, HEADS, count, count]);
  }
  return { trace, layers, outputs, dispose: () => tf.dispose(tensors) };
}
