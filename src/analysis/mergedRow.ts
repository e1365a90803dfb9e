import type { TokenGroup } from './tokenGroup';

/**
 * Row of a word over words, `[key group]`: the mean of its tokens' rows, in which the keys of a word
 * are summed (Clark et al. 2019, section 4), so that it sums to 1 if they do.
 * @param rowOf row `[key]` of a token
 */
export function mergedRow(
  rowOf: (query: number) => ArrayLike<number>,
  queries: TokenGroup,
  keys: readonly TokenGroup[],
): Float32Array<ArrayBuffer> {
  const sums = new Float64Array(keys.length);
  for (let query = queries.first; query <= queries.last; query++) {
    const row = rowOf(query);
    for (const [group, { first, last }] of keys.entries()) {
      for (let key = first; key <= last; key++) sums[group]! += row[key]!;
    }
  }
  const count = queries.last - queries.first + 1;
  return Float32Array.from(sums, (sum) => sum / count);
}
