/** Tokens of a text that occur more than once. Pure. */
import type { Token } from '../../src/protocol/trace';

/** Two places of one token. */
export type Pair = readonly [first: number, second: number];

/** The first two places of each token that occurs again, longest label first: “the” says more than a comma. */
export function repeatedPairs(tokens: readonly Token[]): Pair[] {
  const places = new Map<number, number[]>();
  for (const [index, { id, special }] of tokens.entries()) {
    if (special) continue;
    places.set(id, [...(places.get(id) ?? []), index]);
  }
  const pairs = [...places.values()].flatMap(([first, second]): Pair[] =>
    first === undefined || second === undefined ? [] : [[first, second]],
  );
  const lengthOf = ([first]: Pair): number => tokens[first]?.label.length ?? 0;
  return pairs.sort((one, other) => lengthOf(other) - lengthOf(one));
}

/** The first two tokens that stand for text; of a text without two, what there is. */
export function anyTwo(tokens: readonly Token[]): Pair {
  const own = [...tokens.keys()].filter((index) => tokens[index]?.special === false);
  return [own[0] ?? 0, own[1] ?? Math.max(0, tokens.length - 1)];
}
