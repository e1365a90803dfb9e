import type { Tensor2D } from '@tensorflow/tfjs-core';
import { activate } from './activation';
import type { Activation } from './config';
import type { Linear } from './linear';
import { offer, type HookName, type Probe } from './probe';
import type { SequenceShape } from './sequence';

/**
 * FFN(x) = act(x W₁ + b₁) W₂ + b₂, position by position (section 3.3); with a gate
 * (act(x W₁) ∘ x V) W₂ (Shazeer 2020).
 */
export class FeedForward {
  constructor(
    /** `[d_model, d_ff]`: what the non-linearity sees. */
    readonly expand: Linear,
    /** `[d_model, d_ff]`: what it is multiplied with. */
    readonly linearHalf: Linear | null,
    readonly contract: Linear, // [d_ff, d_model]
    readonly activation: Activation,
  ) {}

  /** `[batch · position, d_model]` → `[batch · position, d_model]` */
  apply(x: Tensor2D, shape: SequenceShape, probe: Probe, name: HookName): Tensor2D {
    const wide = [shape.batch, shape.length, this.expand.weight.outputs];
    return this.contract.apply(
      offer(probe, `${name}.post`, this.active(x, wide, probe, name), wide),
    );
  }

  /** What the second map reads, `[batch · position, d_ff]`. */
  private active(x: Tensor2D, wide: readonly number[], probe: Probe, name: HookName): Tensor2D {
    const { expand, linearHalf, activation } = this;
    const before = `${name}.pre`;
    // In one step where nobody looks between the two: the same numbers.
    if (!linearHalf && !probe.wants(before)) return expand.apply(x, activation);
    const pre = offer(probe, before, expand.apply(x), wide); // [batch · position, d_ff]
    return activate(pre, activation, linearHalf?.apply(x));
  }
}
