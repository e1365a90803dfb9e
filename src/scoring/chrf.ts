import { countNgrams, sharedNgrams } from './ngrams';
import { withoutWhiteSpace } from './whiteSpace';

/** Longest character n-gram. */
export const CHRF_ORDER = 6;
/** Recall counts β times as much as precision. */
const BETA = 2;

/** What chrF is computed from, `[n − 1]` each; those of sentences add up to those of a corpus. */
export interface ChrfStatistics {
  /** N-grams of the hypothesis; none where the reference has none of this length. */
  readonly hypothesis: readonly number[];
  readonly reference: readonly number[];
  readonly matches: readonly number[];
}

const zeros: readonly number[] = Array<number>(CHRF_ORDER).fill(0);
export const noChrfStatistics: ChrfStatistics = {
  hypothesis: zeros,
  reference: zeros,
  matches: zeros,
};

/**
 * Those of the reference with the best score, of equals the first.
 * @param references at least one
 */
export function chrfStatistics(hypothesis: string, references: readonly string[]): ChrfStatistics {
  const written = characterNgrams(hypothesis);
  let best: { statistics: ChrfStatistics; score: number } | undefined;
  for (const reference of references) {
    const statistics = compare(written, characterNgrams(reference));
    const score = chrfOf(statistics);
    if (!best || score > best.score) best = { statistics, score };
  }
  return best?.statistics ?? noChrfStatistics;
}

export const addChrf = (a: ChrfStatistics, b: ChrfStatistics): ChrfStatistics => ({
  hypothesis: sum(a.hypothesis, b.hypothesis),
  reference: sum(a.reference, b.reference),
  matches: sum(a.matches, b.matches),
});

/**
 * chrF2 (Popović 2015), 0–100: the F-score of the means of precision and recall over the lengths that
 * both texts have n-grams of.
 */
export function chrfOf({ hypothesis, reference, matches }: ChrfStatistics): number {
  let [precision, recall, orders] = [0, 0, 0];
  for (const [i, match] of matches.entries()) {
    if (hypothesis[i] === 0 || reference[i] === 0) continue;
    precision += match / hypothesis[i]!;
    recall += match / reference[i]!;
    orders++;
  }
  if (precision + recall === 0) return 0;
  precision /= orders;
  recall /= orders;
  const factor = BETA ** 2;
  return (100 * ((1 + factor) * precision * recall)) / (factor * precision + recall);
}

/** N-grams of one length: how often each occurs, and all together. */
interface Ngrams {
  readonly counts: Map<string, number>;
  readonly total: number;
}

function characterNgrams(sentence: string): Ngrams[] {
  const text = withoutWhiteSpace(sentence);
  const starts: number[] = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) starts.push(at);
  return Array.from({ length: CHRF_ORDER }, (_, i) => {
    const total = Math.max(0, starts.length - i);
    return {
      counts: countNgrams(total, (at) => text.slice(starts[at], starts[at + i + 1])),
      total,
    };
  });
}

const compare = (written: readonly Ngrams[], given: readonly Ngrams[]): ChrfStatistics => ({
  hypothesis: written.map(({ total }, i) => (given[i]!.total === 0 ? 0 : total)),
  reference: given.map(({ total }) => total),
  matches: written.map(({ counts }, i) => sharedNgrams(counts, given[i]!.counts)),
});

const sum = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, i) => value + b[i]!);
