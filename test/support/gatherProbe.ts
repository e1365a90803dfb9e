import type { Tensor } from '@tensorflow/tfjs-core';
import type { HookName, Probe } from '../../src/transformer/probe';

/** Keeps a copy of every value it is interested in; optionally changes some. */
export class GatherProbe implements Probe {
  readonly values = new Map<HookName, Float32Array>();
  readonly shapes = new Map<HookName, readonly number[]>();

  constructor(
    private readonly interest: (name: HookName) => boolean,
    private readonly change: (name: HookName, value: Tensor) => Tensor | undefined = () =>
      undefined,
  ) {}

  wants(name: HookName): boolean {
    return this.interest(name);
  }

  visit(name: HookName, value: Tensor): Tensor | undefined {
    this.values.set(name, value.dataSync<'float32'>().slice());
    this.shapes.set(name, value.shape);
    return this.change(name, value);
  }
}
