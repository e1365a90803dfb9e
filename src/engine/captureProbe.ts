import type { Tensor } from '@tensorflow/tfjs-core';
import { Failure } from '../failure/failure';
import type { HookName, Probe } from '../transformer/probe';
import type { Stack } from '../protocol/address';
import type { Trace } from './trace';

/** Of models with one stack without its name. */
const POINT = /^(?:(encoder|decoder)\.)?blocks\.(\d+)\.(attn|cross_attn)\.(pattern|hook_v)$/;

/** Writes every attention pattern and every value into a trace as it is computed; changes nothing. */
export class CaptureProbe implements Probe {
  constructor(private readonly trace: Trace) {}

  wants(name: HookName): boolean {
    return POINT.test(name);
  }

  visit(name: HookName, value: Tensor): undefined {
    const [, stackName, layer, kind, point] = POINT.exec(name)!;
    const record = this.trace.writable(this.stackOf(stackName, kind!), Number(layer));
    // Batch of one, so [1, head, query, key] is [head, query, key] and [1, key, key-value head, d_v]
    // is [key, key-value head · d_v].
    const numbers = value.dataSync<'float32'>();
    if (numbers.includes(Number.NaN)) throw new Failure('model.notNumbers');
    if (point === 'hook_v') {
      record.appendValues(numbers);
    } else {
      const [, , queries = 0, keys = 0] = value.shape;
      record.attention.append(numbers, queries, keys);
    }
  }

  private stackOf(name: string | undefined, kind: string): Stack {
    if (kind === 'cross_attn') return 'cross';
    const isEncoder = name ? name === 'encoder' : this.trace.architecture === 'encoder';
    return isEncoder ? 'encoder' : 'decoder';
  }
}
