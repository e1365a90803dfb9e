import type { ModelSummary } from '../protocol/trace';
import { kernelKind, type KernelKind, type RunBytes } from './memoryGuard';
import { bytesOfPredictions, predictsTokens } from './tokenPredictions';

const FLOAT_BYTES = 4;
/**
 * Matrices `[head, query, key]` at once: our own kernels make the pattern and nothing else; tfjs's make
 * scores, masked scores, the pattern of single heads and their stack.
 */
const MATRICES = { own: 1, stock: 4 };
/** Activations of width d_model at once: stream, norm, queries, keys, values, mixture, output, sum. */
const STREAMS = 8;
/** Activations of width d_ff: a gate, what it multiplies, the product. */
const HIDDEN = 3;
/** Rows of a vocabulary at once, a sequence that is written: logits, their copy here, what is made of them. */
const LOGITS = 3;

/** How a run is computed and kept. */
export interface RunManner {
  readonly kernels?: KernelKind;
  /** Causal attention is kept with its zeros. */
  readonly zeros?: boolean;
}

/**
 * Bytes of a run over `source` tokens of which an encoder–decoder writes up to `target`: attention and
 * values of every layer in the trace; one layer's numbers, and all layers' keys and values, in tfjs.
 */
export function bytesOfRun(
  model: ModelSummary,
  source: number,
  target: number,
  { kernels = kernelKind(), zeros = false }: RunManner = {},
): RunBytes {
  const { architecture, layers, heads, keyValueHeads, headWidth, dModel, dFeedForward } = model;
  const both = architecture === 'encoderDecoder';
  const reading = architecture === 'decoder' ? 'decoder' : 'encoder';
  const seen = (tokens: number): number => (zeros ? tokens * tokens : triangle(tokens));
  const values = (stack: 'encoder' | 'decoder', keys: number): number =>
    layers[stack] * keyValueHeads[stack] * headWidth * keys;
  const matrices = (stack: 'encoder' | 'decoder', weights: number): number =>
    layers[stack] * heads[stack] * weights;
  const read =
    matrices(reading, reading === 'decoder' ? seen(source) : source * source) +
    values(reading, source);
  const decoder = both ? matrices('decoder', seen(target)) + values('decoder', target) : 0;
  const cross = both ? matrices('decoder', target * source) + values('decoder', source) : 0;
  const predicted = predictsTokens(model) ? bytesOfPredictions(source) : 0;

  const bias = model.positionKind.kind === 'relativeBias' ? 1 : 0;
  const square = source * source;
  const pattern = (MATRICES[kernels] + bias) * heads[reading] * square + square; // and the mask
  const activations = source * (STREAMS * dModel + HIDDEN * dFeedForward[reading]);
  // Keys are as wide as values.
  const cached = 2 * (both ? values('decoder', source + target) : values('decoder', source));
  return {
    trace: FLOAT_BYTES * (read + decoder + cross) + predicted,
    working: FLOAT_BYTES * (pattern + activations + cached),
  };
}

/**
 * Bytes of writing up to `target` tokens in so many sequences beside each other, besides those of
 * reading the `source`: keys and values of each, of what they look at, too, and the logits of a step.
 */
export function bytesOfWriting(
  { layers, keyValueHeads, headWidth, vocabulary }: ModelSummary,
  source: number,
  target: number,
  sequences: number,
): number {
  const keys = layers.decoder * keyValueHeads.decoder * headWidth * (source + target);
  return FLOAT_BYTES * sequences * (2 * keys + LOGITS * vocabulary);
}

/** Keys that the queries of a causal text see, all together. */
const triangle = (tokens: number): number => (tokens * (tokens + 1)) / 2;
