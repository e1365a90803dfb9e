import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { HookName } from '../probe';
import type { Block, BlockContext, BlockParts } from './block';
import { at, attend, attendAcross, sum, transform } from './subLayers';

/** x + SubLayer(norm(x)) for each sub-layer (Radford et al. 2019): the stream itself is never normalised. */
export class PreNormBlock implements Block {
  constructor(
    readonly parts: BlockParts,
    readonly name: HookName,
    /** The sum is norm(x) + SubLayer(norm(x)) instead. */
    private readonly residualIsNormed: boolean,
  ) {}

  madeOf(parts: BlockParts): Block {
    return new PreNormBlock(parts, this.name, this.residualIsNormed);
  }

  apply(x: Tensor2D, context: BlockContext): Tensor2D {
    const { self, cross, feedForwardNorm } = this.parts;
    let stream = at(this, context, 'resid_pre', x);
    let read = at(this, context, 'ln1', self.norm.apply(stream));
    const attended = attend(this, read, context);
    stream = sum(this, context, 'attn', this.kept(stream, read), attended);
    if (cross) {
      read = at(this, context, 'ln_cross', cross.norm.apply(stream));
      const seen = attendAcross(this, read, context);
      stream = sum(this, context, 'cross_attn', this.kept(stream, read), seen);
    }
    read = at(this, context, 'ln2', feedForwardNorm!.apply(stream));
    const transformed = transform(this, read, context);
    return sum(this, context, 'mlp', this.kept(stream, read), transformed);
  }

  private kept(stream: Tensor2D, read: Tensor2D): Tensor2D {
    return this.residualIsNormed ? read : stream;
  }
}
