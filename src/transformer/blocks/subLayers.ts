import { add, type Tensor2D } from '@tensorflow/tfjs-core';
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

/** Where the sum after each sub-layer is seen. */
const SUMS = { attn: 'resid_mid', cross_attn: 'resid_mid_cross', mlp: 'resid_post' } as const;

/** The stream and what a sub-layer adds to it; the latter alone where the residual is cut. */
export function sum(
  block: Block,
  context: BlockContext,
  subLayer: keyof typeof SUMS,
  stream: Tensor2D,
  added: Tensor2D,
): Tensor2D {
  const cut = context.variation.cutResiduals.has(`${block.name}.${subLayer}`);
  return at(block, context, SUMS[subLayer], cut ? added : add(stream, added));
}

/** What self-attention adds to the stream, given what it reads. */
export function attend(block: Block, read: Tensor2D, context: BlockContext): Tensor2D {
  const { shape, mask, effect, variation, remember, probe } = context;
  const { attention } = block.parts.self;
  const name = `${block.name}.attn`;
  const memory = remember(attention.keysValues(read, shape, probe, name, effect));
  const own = { mask, effect, changed: variation.scoreFunctions.get(name) };
  return at(block, context, 'attn_out', attention.apply(read, shape, memory, own, probe, name));
}

/** What cross-attention adds to the stream. Positions play no part in it. */
export function attendAcross(block: Block, read: Tensor2D, context: BlockContext): Tensor2D {
  const { shape, cross, variation, probe } = context;
  const { memory, mask } = cross!;
  const { attention } = block.parts.cross!;
  const name = `${block.name}.cross_attn`;
  const own = { mask, effect: noEffect, changed: variation.scoreFunctions.get(name) };
  const added = attention.apply(read, shape, memory, own, probe, name);
  return at(block, context, 'cross_attn_out', added);
}

/** What the feed-forward network adds to the stream. */
export function transform(block: Block, read: Tensor2D, context: BlockContext): Tensor2D {
  const { shape, probe } = context;
  const added = block.parts.feedForward.apply(read, shape, probe, `${block.name}.mlp`);
  return at(block, context, 'mlp_out', added);
}
