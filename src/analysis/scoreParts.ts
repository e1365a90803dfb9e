import { dot } from './vectors';

/** A query or key that is the sum of what its token's content and its place give it, and a bias. */
export interface VectorParts {
  readonly content: ArrayLike<number>;
  readonly position: ArrayLike<number>;
  /** Null: there is none. */
  readonly bias: ArrayLike<number> | null;
}

export interface ScoreParts {
  readonly contentContent: number;
  readonly contentPosition: number;
  readonly positionContent: number;
  readonly positionPosition: number;
  /** All products with a bias; null: neither has one. */
  readonly biases: number | null;
}

/**
 * (c + p + b)_q · (c + p + b)_k · scale, multiplied out: what is there in a first layer that reads
 * embedding + position as it is. In float64.
 */
export function scoreParts(query: VectorParts, key: VectorParts, scale: number): ScoreParts {
  const times = (a: ArrayLike<number>, b: ArrayLike<number>): number => dot(a, b) * scale;
  const [own, other] = [query.bias, key.bias];
  const withKeyBias =
    other === null ? 0 : times(query.content, other) + times(query.position, other);
  const withQueryBias = own === null ? 0 : times(own, key.content) + times(own, key.position);
  const both = own === null || other === null ? 0 : times(own, other);
  return {
    contentContent: times(query.content, key.content),
    contentPosition: times(query.content, key.position),
    positionContent: times(query.position, key.content),
    positionPosition: times(query.position, key.position),
    biases: own === null && other === null ? null : withKeyBias + withQueryBias + both,
  };
}
