/** How often each n-gram of one length occurs. */
export type Counts = ReadonlyMap<string, number>;

/** Counts of `count` n-grams, the i-th of which is `ngram(i)`. */
export function countNgrams(count: number, ngram: (index: number) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const key = ngram(i);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** N-grams that both have, each as often as in the one that has fewer. */
export function sharedNgrams(one: Counts, other: Counts): number {
  let shared = 0;
  for (const [ngram, count] of one) shared += Math.min(count, other.get(ngram) ?? 0);
  return shared;
}
