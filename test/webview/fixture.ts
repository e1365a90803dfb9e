/** Plain data of a finished run for the fake host to replay, from a seed. Runs in Node and in the page. */
import type { Stack } from '../../src/protocol/address';
import type { Plan, Prediction, Token, WrittenToken } from '../../src/protocol/trace';
import { modelOf, planWith, specialToken, tokenOf } from '../support/traceParts';

export interface Fixture {
  readonly plan: Plan;
  readonly written: readonly WrittenToken[];
  /** Attention `[layer][head][query][key]`. */
  readonly attention: Readonly<Record<Stack, number[][][][]>>;
  readonly output: string;
  /** What the model says of the whole text; absent: nothing. */
  readonly prediction?: Prediction;
}

/** mulberry32: small, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A softmax row that likes some distance from the diagonal, as real heads do. */
export function patterns(
  random: () => number,
  queries: number,
  keys: number,
  causal: boolean,
): number[][] {
  const offset = Math.floor(random() * 5) - 2;
  const sharpness = 1 + 6 * random();
  return Array.from({ length: queries }, (_, query) => {
    const reach = causal ? query + 1 : keys;
    const logits = Array.from({ length: reach }, (__, key) => {
      const far = Math.abs((key / keys - query / queries) * keys - offset);
      return sharpness * (random() - 0.35 * far);
    });
    const exponentials = logits.map((logit) => Math.exp(logit));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    return Array.from({ length: keys }, (__, key) => Math.fround((exponentials[key] ?? 0) / sum));
  });
}

export function wordTokens(text: string, before: readonly string[]): Token[] {
  const words = [...text.matchAll(/[\p{L}\p{N}']+|[^\s\p{L}\p{N}]/gu)].map((match, word) =>
    tokenOf(match[0], {
      piece: `▁${match[0]}`,
      id: 100 + word,
      span: [match.index, match.index + match[0].length],
      word,
      part: 0,
    }),
  );
  const leading = before.map((piece, i) => specialToken(piece, 3 + i));
  return [...leading, ...words, specialToken('</s>', 1)];
}

export interface SeededOptions {
  readonly text: string;
  readonly output: string;
  readonly layers?: number;
  readonly heads?: number;
  readonly notices?: Plan['notices'];
}

export const DEFAULT_HEADS = 8;

export function seededFixture({
  text,
  output,
  layers = 3,
  heads = DEFAULT_HEADS,
  notices = [],
}: SeededOptions): Fixture {
  const random = seeded(7);
  const source = wordTokens(text, ['>>fra<<']);
  const target = wordTokens(output, []);
  const steps = target.length;
  const stack = (queries: number, keys: number, causal: boolean): number[][][][] =>
    Array.from({ length: layers }, () =>
      Array.from({ length: heads }, () => patterns(random, queries, keys, causal)),
    );
  return {
    plan: planOf(text, source, layers, heads, notices),
    written: target.map((token) => ({
      token: { ...token, span: null, part: null },
      ...candidatesOf(token, random),
    })),
    attention: {
      encoder: stack(source.length, source.length, false),
      decoder: stack(steps, steps, true),
      cross: stack(steps, source.length, false),
    },
    output,
  };
}

export function candidatesOf(
  { id, label }: Token,
  random: () => number,
): Omit<WrittenToken, 'token'> {
  const probability = 0.5 + 0.49 * random();
  const others = ['le', 'un', 'son', 'ce'].map((other, i) => ({
    id: 9000 + i,
    label: other,
    continues: i === 3,
    probability: (1 - probability) / 2 ** (i + 1),
  }));
  return {
    probability,
    rank: 0,
    candidates: [{ id, label, continues: false, probability }, ...others],
    searched: null,
    given: false,
    milliseconds: 20,
  };
}

export function planOf(
  text: string,
  source: readonly Token[],
  layers: number,
  heads: number,
  notices: Plan['notices'],
): Plan {
  return planWith({
    model: modelOf({
      layers: { encoder: layers, decoder: layers },
      heads: { encoder: heads, decoder: heads },
      keyValueHeads: { encoder: heads, decoder: heads },
      languages: ['fra', 'cmn'],
    }),
    text,
    language: 'fra',
    source: [...source],
    target: [specialToken('<pad>', 0)],
    notices,
  });
}
