import type { EmbeddingConfig, NormConfig, StackConfig } from '../config';

/** Far more layers than any model has: where they share weights, or are listed first, no missing tensor ends the count. */
export const MAX_LAYERS = 10_000;

/** What a family must say of a stack; the rest is what most families do. */
export type StackShape = Pick<
  StackConfig,
  | 'layers'
  | 'dModel'
  | 'heads'
  | 'dFeedForward'
  | 'activation'
  | 'norm'
  | 'normPlacement'
  | 'positions'
> &
  Partial<StackConfig> & {
    readonly vocabulary: number;
    readonly embeds?: Partial<EmbeddingConfig>;
  };

/** A stack with scores ÷ √d_k, a head for each part of d_model, keys and values of its own for each head, no window. */
export function stackShape({ vocabulary, embeds, ...shape }: StackShape): StackConfig {
  const headWidth = shape.headWidth ?? shape.dModel / shape.heads;
  return {
    blocksPerState: 1,
    keyValueHeads: shape.heads,
    headWidth,
    residualIsNormed: false,
    scoreScale: () => 1 / Math.sqrt(headWidth),
    window: () => null,
    embedding: { vocabulary, width: shape.dModel, scale: 1, types: 0, ...embeds },
    ...shape,
  };
}

export const layerNorm = (epsilon: number): NormConfig => ({
  kind: 'layer',
  epsilon,
  gainOffset: 0,
  learned: true,
});

export const rmsNorm = (epsilon: number, gainOffset: 0 | 1 = 0): NormConfig => ({
  kind: 'rms',
  epsilon,
  gainOffset,
  learned: true,
});
