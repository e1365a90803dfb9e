import { countNgrams, sharedNgrams, type Counts } from './ngrams';
import { tokenize, type Tokenization } from './tokenization';

/** Longest n-gram. */
export const BLEU_ORDER = 4;

/** What BLEU is computed from; those of sentences add up to those of a corpus. */
export interface BleuStatistics {
  /** Words of the hypothesis. */
  readonly hypothesisLength: number;
  /** Words of the reference that is nearest in length, of equals the shorter. */
  readonly referenceLength: number;
  /** `[n − 1]`: n-grams of the hypothesis that a reference has, each at most as often as there. */
  readonly matches: readonly number[];
  /** `[n − 1]`: n-grams of the hypothesis. */
  readonly totals: readonly number[];
}

export interface BleuScore {
  /** 0–100 */
  readonly score: number;
  /** `[n − 1]`, 0–100, after smoothing. */
  readonly precisions: readonly number[];
  /** 0–1; below 1 where the hypothesis is shorter than the reference. */
  readonly brevityPenalty: number;
}

export const noBleuStatistics: BleuStatistics = {
  hypothesisLength: 0,
  referenceLength: 0,
  matches: Array<number>(BLEU_ORDER).fill(0),
  totals: Array<number>(BLEU_ORDER).fill(0),
};

/** @param references at least one */
export function bleuStatistics(
  hypothesis: string,
  references: readonly string[],
  tokenization: Tokenization,
): BleuStatistics {
  const words = tokenize(hypothesis, tokenization);
  const others = references.map((reference) => tokenize(reference, tokenization));
  const matches: number[] = [];
  const totals: number[] = [];
  for (let n = 1; n <= BLEU_ORDER; n++) {
    const known = most(others.map((other) => ngrams(other, n)));
    matches.push(sharedNgrams(ngrams(words, n), known));
    totals.push(ngramCount(words, n));
  }
  return {
    hypothesisLength: words.length,
    referenceLength: nearest(
      words.length,
      others.map(({ length }) => length),
    ),
    matches,
    totals,
  };
}

export const addBleu = (a: BleuStatistics, b: BleuStatistics): BleuStatistics => ({
  hypothesisLength: a.hypothesisLength + b.hypothesisLength,
  referenceLength: a.referenceLength + b.referenceLength,
  matches: a.matches.map((count, i) => count + b.matches[i]!),
  totals: a.totals.map((count, i) => count + b.totals[i]!),
});

/**
 * BLEU (Papineni et al. 2002) with sacreBLEU's smoothing `exp`: of the orders without a match the first
 * counts as half a match, the next as a quarter, and so on.
 * @param effectiveOrder leave out orders of which the hypothesis has no n-gram: for single sentences,
 *   which would have no score if they are shorter than four words
 */
export function bleuOf(
  { hypothesisLength, referenceLength, matches, totals }: BleuStatistics,
  effectiveOrder: boolean,
): BleuScore {
  const brevityPenalty = brevity(hypothesisLength, referenceLength);
  const precisions = Array<number>(BLEU_ORDER).fill(0);
  if (matches.every((count) => count === 0)) return { score: 0, precisions, brevityPenalty };
  const there = totals.filter((total) => total > 0).length;
  let smoothing = 1;
  for (let i = 0; i < there; i++) {
    const [match, total] = [matches[i]!, totals[i]!];
    if (match === 0) smoothing *= 2;
    precisions[i] = match === 0 ? 100 / (smoothing * total) : (100 * match) / total;
  }
  const orders = effectiveOrder ? there : BLEU_ORDER;
  const logarithms = precisions.slice(0, orders).reduce((sum, one) => sum + Math.log(one), 0);
  return { score: brevityPenalty * Math.exp(logarithms / orders), precisions, brevityPenalty };
}

function brevity(hypothesis: number, reference: number): number {
  if (hypothesis >= reference) return 1;
  return hypothesis === 0 ? 0 : Math.exp(1 - reference / hypothesis);
}

const ngramCount = ({ length }: readonly string[], n: number): number =>
  Math.max(0, length - n + 1);

/** No word holds a space, so that it parts words in a key. */
const ngrams = (words: readonly string[], n: number): Map<string, number> =>
  countNgrams(ngramCount(words, n), (i) => words.slice(i, i + n).join(' '));

/** Of each n-gram as many as the reference that has most of it. */
function most([first = new Map(), ...others]: readonly Map<string, number>[]): Counts {
  for (const other of others)
    for (const [ngram, count] of other) first.set(ngram, Math.max(count, first.get(ngram) ?? 0));
  return first;
}

const nearest = (length: number, lengths: readonly number[]): number =>
  lengths.reduce((best, one) => {
    const difference = Math.abs(one - length) - Math.abs(best - length);
    return difference < 0 || (difference === 0 && one < best) ? one : best;
  });
