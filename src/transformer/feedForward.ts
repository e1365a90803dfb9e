import type { Tensor2D } from '@tensorflow/tfjs-core';
import { activate } from './activation';
import type { Activation } from './config';
import type { Linear } from './linear';
import { offer, type HookName, type Probe } from './probe';
import type { SequenceShape } from './sequence';

/** FFN(x) = act(x W₁ + b₁) W₂ + b₂, position by position (section 3.3). */
export class FeedForward {
  constructor(
    private readonly expand: Linear, // [d_model, d_ff]
    private readonly contract: Linear, // [d_ff, d_model]
    private readonly activation: Activation,
  ) {}

  /** `[batch · position, d_model]` → `[batch · position, d_model]` */
  apply(x: Tensor2D, shape: SequenceShape, probe: Probe, name: HookName): Tensor2D {
    const wide = [shape.batch, shape.length, this.expand.weight.shape[1]];
    const pre = offer(probe, `${name}.pre`, this.expand.apply(x), wide); // [batch · position, d_ff]
    const post = offer(probe, `${name}.post`, activate(pre, this.activation), wide);
    return this.contract.apply(post);
  }
}
