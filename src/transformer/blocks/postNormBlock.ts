import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { HookName } from '../probe';
import type { Block, BlockContext, BlockParts } from './block';
import { at, attend, attendAcross, sum, transform } from './subLayers';

/** LayerNorm(x + SubLayer(x)) for each sub-layer, as in section 3.1. */
export class PostNormBlock implements Block {
  constructor(
    readonly parts: BlockParts,
    readonly name: HookName,
  ) {}

  madeOf(parts: BlockParts): Block {
    return new PostNormBlock(parts, this.name);
  }

  apply(x: Tensor2D, context: BlockContext): Tensor2D {
    const { self, cross, feedForwardNorm } = this.parts;
    let stream = at(this, context, 'resid_pre', x);
    const attended = attend(this, stream, context);
    stream = self.norm.apply(sum(this, context, 'attn', stream, attended));
    if (cross) {
      const read = attendAcross(this, stream, context);
      stream = cross.norm.apply(sum(this, context, 'cross_attn', stream, read));
    }
    const transformed = transform(this, stream, context);
    const last = sum(this, context, 'mlp', stream, transformed);
    return at(this, context, 'normalized_resid_post', feedForwardNorm!.apply(last));
  }
}
