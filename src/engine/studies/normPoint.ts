import { Failure } from '../../failure/failure';
import type { NormPlace } from '../../protocol/studies/normalization';
import type { Half } from '../../protocol/address';
import type { Norm } from '../../transformer/normalization';
import type { HookName } from '../../transformer/probe';
import type { Transformer } from '../../transformer/transformer';
import type { HookValue } from '../replay/replay';
import { normedRows } from './normedRow';

/** A norm of a model, and where what it reads can be seen. */
export interface NormPoint {
  readonly norm: Norm;
  /** Hook of what it reads, `[position, d_model]`. */
  readonly input: HookName;
}

/** What a feed-forward network reads, from a hook. */
export interface ReadPoint {
  readonly input: HookName;
  inputs(value: HookValue): Float32Array;
}

/**
 * The norm that goes with a sub-layer, before or behind it, or the one after the last layer.
 * @throws Failure `trace.noNorm`
 */
export function normAt(
  transformer: Transformer,
  half: Half,
  layer: number,
  which: NormPlace,
): NormPoint {
  const { parts, config } = transformer[half]!;
  const block = parts.blocks[which === 'final' ? parts.blocks.length - 1 : layer]!;
  const { self, cross, feedForwardNorm } = block.parts;
  const { normPlacement } = config;
  const point = (norm: Norm | null | undefined, input: string): NormPoint => {
    if (!norm) throw new Failure('trace.noNorm');
    return { norm, input: `${block.name}.${input}` };
  };
  const post = normPlacement === 'post';
  const middle = cross ? 'resid_mid_cross' : 'resid_mid';
  switch (which) {
    case 'attention':
      return point(self.norm, post ? 'resid_mid' : 'resid_pre');
    case 'cross':
      return point(cross?.norm, post ? 'resid_mid_cross' : 'resid_mid');
    case 'feedForward':
      if (post) return point(feedForwardNorm, 'resid_post');
      return point(feedForwardNorm, normPlacement === 'parallel' ? 'resid_pre' : middle);
    case 'final':
      return point(parts.finalNorm, 'resid_post');
  }
}

/** What the feed-forward network of a layer reads. */
export function feedForwardRead(transformer: Transformer, half: Half, layer: number): ReadPoint {
  const { parts, config } = transformer[half]!;
  const block = parts.blocks[layer]!;
  if (config.normPlacement !== 'post')
    return { input: `${block.name}.ln2`, inputs: ({ numbers }) => numbers };
  // Behind the norm of the sub-layer before there is no hook.
  const { norm, input } = normAt(
    transformer,
    half,
    layer,
    block.parts.cross ? 'cross' : 'attention',
  );
  return { input, inputs: ({ numbers }) => normedRows(norm, numbers, config.dModel) };
}
