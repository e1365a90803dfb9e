/** Which keys of a row weigh most, for the list beside the text and the table of all. Pure. */

export interface WeighedKey {
  readonly key: number;
  readonly weight: number;
}

/** Keys of a row that are seen and not hidden, in the order of the text. */
export const keysOf = (weights: Float32Array, until: number): WeighedKey[] =>
  [...weights.subarray(0, until)].flatMap((weight, key) =>
    Number.isNaN(weight) ? [] : [{ key, weight }],
  );

/** The heaviest of them, equal ones in the order of the text. */
export const heaviest = (keys: readonly WeighedKey[], count: number): WeighedKey[] =>
  [...keys].sort((a, b) => b.weight - a.weight || a.key - b.key).slice(0, count);
