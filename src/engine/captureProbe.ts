import type { Tensor } from '@tensorflow/tfjs-core';
import { Failure } from '../failure/failure';
import type { HookName, Probe } from '../transformer/probe';
import type { Stack } from '../protocol/address';
import type { LayerTrace } from './layerTrace';
import { lentNumbers } from './lentNumbers';
import type { Trace } from './trace';

/** Of models with one stack without its name. */
const POINT = /^(?:(encoder|decoder)\.)?blocks\.(\d+)\.(attn|cross_attn)\.(pattern|hook_v)$/;

/** What a text and an earlier one have in common: these are not computed again. */
export interface SharedTokens {
  /** Of the earlier text; whole. */
  readonly earlier: Trace;
  /** The first so many tokens of both. */
  readonly tokens: number;
}

/**
 * Writes every attention pattern and every value into a trace as it is computed, behind what an
 * earlier trace has of the same tokens; changes nothing.
 */
export class CaptureProbe implements Probe {
  constructor(
    private readonly trace: Trace,
    private readonly shared: SharedTokens | null = null,
    /** Where a layer is written: as it comes, unless told otherwise. */
    private readonly layerAt = (stack: Stack, layer: number): LayerTrace =>
      trace.writable(stack, layer),
  ) {}

  wants(name: HookName): boolean {
    return POINT.test(name);
  }

  visit(name: HookName, value: Tensor): undefined {
    const [, stackName, layer, kind, point] = POINT.exec(name)!;
    const stack = this.stackOf(stackName, kind!);
    const record = this.layerAt(stack, Number(layer));
    const known = this.shared?.earlier.writable(stack, Number(layer));
    const tokens = this.shared?.tokens ?? 0;
    // Batch of one, so [1, head, query, key] is [head, query, key] and [1, key, key-value head, d_v]
    // is [key, key-value head · d_v].
    const numbers = lentNumbers(value);
    if (numbers.includes(Number.NaN)) throw new Failure('model.notNumbers');
    if (point === 'hook_v') {
      const [, keys = 1] = value.shape;
      if (known) record.adoptValues(known, (tokens * numbers.length) / keys);
      record.appendValues(numbers.slice());
    } else {
      const [, , queries = 0, keys = 0] = value.shape;
      if (known) record.adoptAttention(known, tokens);
      record.attention.append(numbers, queries, keys, stack === 'decoder');
    }
  }

  private stackOf(name: string | undefined, kind: string): Stack {
    if (kind === 'cross_attn') return 'cross';
    const isEncoder = name ? name === 'encoder' : this.trace.architecture === 'encoder';
    return isEncoder ? 'encoder' : 'decoder';
  }
}
