import { add, type Tensor2D } from '@tensorflow/tfjs-core';
import type { HookName } from '../probe';
import type { Block, BlockContext, BlockParts } from './block';
import { at, attend, transform } from './subLayers';

/** x + Attention(norm₁(x)) + FFN(norm₂(x)) (Wang & Komatsuzaki 2021): GPT-J with one norm for both, GPT-NeoX with two. */
export class ParallelBlock implements Block {
  constructor(
    readonly parts: BlockParts,
    readonly name: HookName,
  ) {}

  madeOf(parts: BlockParts): Block {
    return new ParallelBlock(parts, this.name);
  }

  apply(x: Tensor2D, context: BlockContext): Tensor2D {
    const { self, feedForwardNorm } = this.parts;
    const stream = at(this, context, 'resid_pre', x);
    const read = at(this, context, 'ln1', self.norm.apply(stream));
    const attended = attend(this, read, context);
    const second = at(this, context, 'ln2', feedForwardNorm ? feedForwardNorm.apply(stream) : read);
    const transformed = transform(this, second, context);
    const { cutResiduals } = context.variation;
    // The stream stands in this sum once: with the residual of either sub-layer it goes.
    const cut = cutResiduals.has(`${this.name}.attn`) || cutResiduals.has(`${this.name}.mlp`);
    const kept = cut ? attended : add(stream, attended);
    return at(this, context, 'resid_post', add(kept, transformed));
  }
}
