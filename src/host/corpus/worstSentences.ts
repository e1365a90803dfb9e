import type { ScoredSentence } from './corpusResult';

/** What makes a sentence a bad one: its figures, or how unsure the model was. */
export const MEASURES = ['bleu', 'chrf', 'probability'] as const;
export type Measure = (typeof MEASURES)[number];

/** The worst first: those without a translation, then by the measure, then as they stand in the file. */
export const worstFirst = (
  sentences: readonly ScoredSentence[],
  measure: Measure,
): ScoredSentence[] =>
  sentences.toSorted(
    (a, b) =>
      Number(a.failure === null) - Number(b.failure === null) ||
      valueOf(a, measure) - valueOf(b, measure) ||
      a.line - b.line,
  );

/** The measure's value; of a sentence without one the worst there is. */
export function valueOf({ score, meanLogProbability }: ScoredSentence, measure: Measure): number {
  if (measure === 'probability') return Math.exp(meanLogProbability ?? Number.NEGATIVE_INFINITY);
  return score?.[measure] ?? 0;
}

/** Without references there is only how sure the model was. */
export const possibleMeasure = (measure: Measure, hasFigures: boolean): Measure =>
  hasFigures ? measure : 'probability';
