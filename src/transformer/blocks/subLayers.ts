import type { Tensor2D } from '@tensorflow/tfjs-core';
import { noEffect } from '../positions/positionEffect';
import { offer } from '../probe';
import type { Block, BlockContext } from './block';

/** Offers a value `[batch · position, d_model]` of a block to the probe. */
export function at(
  { name }: Block,
  { shape, probe }: BlockContext,
  point: string,
  value: Tensor2D,
): Tensor2D {
  return offer(probe, `${name}.${point}`, value, [shape.batch, shape.length, value.shape[1]]);
}

/** What self-attention adds to the stream, given what it reads. */
export function attend(block: Block, read: Tensor2D, context: BlockContext): Tensor2D {
  const { shape, own, remember, probe } = context;
  const { attention } = block.parts.self;
  const name = `${block.name}.attn`;
  const memory = remember(attention.keysValues(read, shape, probe, name, own.effect));
  return at(block, context, 'attn_out', attention.apply(read, shape, memory, own, probe, name));
}

/** What cross-attention adds to the stream. Positions play no part in it. */
export function attendAcross(block: Block, read: Tensor2D, context: BlockContext): Tensor2D {
  const { shape, cross, probe } = context;
  const { memory, mask } = cross!;
  const { attention } = block.parts.cross!;
  const own = { mask, effect: noEffect };
  const added = attention.apply(read, shape, memory, own, probe, `${block.name}.cross_attn`);
  return at(block, context, 'cross_attn_out', added);
}

/** What the feed-forward network adds to the stream. */
export function transform(block: Block, read: Tensor2D, context: BlockContext): Tensor2D {
  const { shape, probe } = context;
  const added = block.parts.feedForward.apply(read, shape, probe, `${block.name}.mlp`);
  return at(block, context, 'mlp_out', added);
}
