/** Neighbouring tokens that a matrix shows as one: a word. */
export interface TokenGroup {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

/**
 * The groups of a side as far as its first `count` tokens reach: a word that is still being written
 * is what was read of it.
 */
export function groupsRead(groups: readonly TokenGroup[], count: number): readonly TokenGroup[] {
  return groups
    .filter(({ first }) => first < count)
    .map(({ first, last }) => ({ first, last: Math.min(last, count - 1) }));
}

/** The tokens that an entry of a matrix stands for; without groups the token itself. */
export const tokensIn = (groups: readonly TokenGroup[] | undefined, entry: number): TokenGroup =>
  groups?.[entry] ?? { first: entry, last: entry };
