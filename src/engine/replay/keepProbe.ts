import type { Tensor } from '@tensorflow/tfjs-core';
import { Failure } from '../../failure/failure';
import type { HookName, Probe } from '../../transformer/probe';
import type { HookValue } from './replay';

/** Keeps the values of the hooks it was given, of a batch of one; changes nothing. */
export class KeepProbe implements Probe {
  readonly values = new Map<HookName, HookValue>();

  constructor(private readonly names: ReadonlySet<HookName>) {}

  wants(name: HookName): boolean {
    return this.names.has(name);
  }

  visit(name: HookName, value: Tensor): undefined {
    const numbers = value.dataSync<'float32'>();
    if (numbers.includes(Number.NaN)) throw new Failure('model.notNumbers');
    this.values.set(name, { shape: value.shape.slice(1), numbers });
  }
}
