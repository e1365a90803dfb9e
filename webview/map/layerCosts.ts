/**
 * Table 1 of the paper, computed: what a layer of each kind costs for n positions of width d, how
 * many steps must follow each other, and how far apart two positions may be. Arithmetic on the
 * orders of growth the paper gives, without their constant factors; nothing is measured. Pure.
 */

export const layerKinds = ['selfAttention', 'recurrent', 'convolutional', 'restricted'] as const;
export type LayerKind = (typeof layerKinds)[number];

export interface LayerSizes {
  /** Positions. */
  readonly n: number;
  /** Width of a position's vector. */
  readonly d: number;
  /** Kernel width of convolutions. */
  readonly k: number;
  /** Positions that restricted self-attention sees. */
  readonly r: number;
}

export interface LayerCosts {
  /** n² · d, n · d², k · n · d², r · n · d. */
  readonly operations: number;
  /** Operations that must wait for each other: 1, n, 1, 1. */
  readonly sequential: number;
  /** Longest way between two positions: 1, n, log_k n, n ÷ r; at least 1. */
  readonly path: number;
  /** Convolutions whose kernels are not dilated: n ÷ k (section 4); null: there is but one way. */
  readonly contiguousPath: number | null;
}

export function layerCosts(kind: LayerKind, { n, d, k, r }: LayerSizes): LayerCosts {
  switch (kind) {
    case 'selfAttention':
      return { operations: n * n * d, sequential: 1, path: 1, contiguousPath: null };
    case 'recurrent':
      return { operations: n * d * d, sequential: n, path: n, contiguousPath: null };
    case 'convolutional':
      return {
        operations: k * n * d * d,
        sequential: 1,
        // A kernel of one position brings no two together, however many layers there are.
        path: k === 1 ? Infinity : atLeastOne(Math.log(n) / Math.log(k)),
        contiguousPath: k === 1 ? Infinity : atLeastOne(n / k),
      };
    case 'restricted': {
      // Nobody sees more positions than there are.
      const seen = Math.min(r, n);
      return {
        operations: seen * n * d,
        sequential: 1,
        path: atLeastOne(n / seen),
        contiguousPath: null,
      };
    }
  }
}

/** No way is shorter than one layer. */
const atLeastOne = (layers: number): number => Math.max(1, layers);

/** Where self-attention and a recurrent layer cost the same: n² · d = n · d². */
export const crossing = ({ d }: Pick<LayerSizes, 'd'>): number => d;
