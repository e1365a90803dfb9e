import { Failure } from '../failure/failure';
import type { ModelSummary } from '../protocol/trace';
import { bytesOfPredictions, predictsTokens } from './tokenPredictions';

/**
 * WASM addresses at most 4 GB and tfjs does not check what its allocator returns, so a model or a run
 * that comes near is refused. A quarter is left for kernels' own buffers (XNNPACK packs a second copy
 * of each weight).
 */
const WASM_BYTES = 3 * 2 ** 30;
/** Share of the machine's free memory a single request may take: the editor and others need theirs. */
const FREE_SHARE = 0.8;
const FLOAT_BYTES = 4;
const MB = 2 ** 20;
/** Weight tensors exist as read bytes, as float32, and as the copy that the kernel packs. */
const WEIGHT_COPIES = 3;

/** @throws Failure `memory.model` before the first weight is read */
export function checkModelFits(parameters: number, free = freeBytes()): void {
  const needed = parameters * FLOAT_BYTES * WEIGHT_COPIES;
  const available = Math.min(free * FREE_SHARE, WASM_BYTES);
  if (needed > available) throw new Failure('memory.model', megabytes(needed, available));
}

/** What a run will hold. */
export interface RunBytes {
  /** In the trace, for as long as it lives. */
  readonly trace: number;
  /** In tfjs, while a layer is computed. */
  readonly working: number;
}

/** Bytes of a run over `source` tokens of which an encoder–decoder writes up to `target`: attention and values of every layer. */
export function bytesOfRun(model: ModelSummary, source: number, target: number): RunBytes {
  const { architecture, layers, heads, keyValueHeads, headWidth, dModel } = model;
  const both = architecture === 'encoderDecoder';
  const reading = architecture === 'decoder' ? 'decoder' : 'encoder';
  const matrices = (stack: 'encoder' | 'decoder', queries: number, keys: number): number =>
    layers[stack] * (heads[stack] * queries * keys + keyValueHeads[stack] * headWidth * keys);
  const read = matrices(reading, source, source);
  // A causal matrix that grows row by row is half a square.
  const decoder = both ? matrices('decoder', target, target) / 2 : 0;
  const cross = both ? matrices('decoder', target, source) : 0;
  // Scores, pattern and the stacked copy for the probe; activations at four times d_model.
  const working = 4 * heads[reading] * source * source + 12 * source * dModel;
  const predicted = predictsTokens(model) ? bytesOfPredictions(source) : 0;
  return {
    trace: FLOAT_BYTES * (read + decoder + cross) + predicted,
    working: FLOAT_BYTES * working,
  };
}

/** @throws Failure `memory.run` before the first layer */
export function checkRunFits(bytes: RunBytes, budget: number, free = freeBytes()): void {
  if (bytes.working > WASM_BYTES)
    throw new Failure('memory.run', megabytes(bytes.working, WASM_BYTES));
  const available = Math.min(budget, free * FREE_SHARE);
  const needed = bytes.trace + bytes.working;
  if (needed > available) throw new Failure('memory.run', megabytes(needed, available));
}

function megabytes(needed: number, available: number): { needed: number; available: number } {
  return { needed: Math.ceil(needed / MB), available: Math.floor(available / MB) };
}

/** Memory that this process may still take: with what the system would give back, within a container's limit. */
export function freeBytes(): number {
  return process.availableMemory();
}
