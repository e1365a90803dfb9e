/** Results and sentences of the *Scores* view in words. Pure. */
import { describeFailure, type Translate } from '../../language/translate';
import { languageName } from '../../navigation/names';
import { modelName } from '../../protocol/modelName';
import type { CorpusResult, ScoredSentence } from './corpusResult';
import { searchWords } from './searchWords';
import { valueOf, type Measure } from './worstSentences';

type Figures = NonNullable<CorpusResult['figures']>;

const twoDigits = (value: number): string => value.toFixed(2);

/** `BLEU 31.24 · chrF 55.10` */
export const figureWords = ({ bleu, chrf }: Pick<Figures, 'bleu' | 'chrf'>): string =>
  `BLEU ${twoDigits(bleu)} · chrF ${twoDigits(chrf)}`;

/** `partial, 37 of 500 sentences`; of a whole run `500 sentences`. */
export const countWords = ({ stopped, done, total }: CorpusResult, t: Translate): string =>
  stopped === null
    ? t('{count} sentences', { count: total })
    : t('partial, {done} of {total} sentences', { done, total });

/** What stands beside the file's name. */
export function resultWords(result: CorpusResult, locale: string, t: Translate): string {
  const { figures, language, model, stopped } = result;
  return [
    ...(stopped === null && figures !== null ? [] : [countWords(result, t)]),
    ...(figures === null ? [] : [figureWords(figures)]),
    ...(language === null ? [] : [languageName(language, locale)]),
    modelName(model),
  ].join(' · ');
}

/** All there is to know of a result, a line each. */
export function resultTooltip(result: CorpusResult, locale: string, t: Translate): string {
  const { figures, failed, stopped, sentences } = result;
  const cutOff = sentences.filter(({ ended }) => !ended).length;
  const seconds = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return [
    `${result.name}: ${resultWords(result, locale, t)}`,
    ...(figures === null ? [] : figuresTooltip(figures, t)),
    t('{count} in {seconds} s', {
      count: countWords(result, t),
      seconds: seconds.format(result.seconds),
    }),
    t('Search: {search}', { search: searchWords(result.writing.search, t) }),
    ...(result.references === null ? [] : [t('References: {file}', { file: result.references })]),
    ...(failed === 0 ? [] : [t('{count} not translated: they count as empty', { count: failed })]),
    ...(cutOff === 0 ? [] : [t('{count} cut off: the model came to no end', { count: cutOff })]),
    ...(stopped === null ? [] : [describeFailure(stopped, t)]),
  ].join('\n');
}

function figuresTooltip(figures: Figures, t: Translate): string[] {
  const { precisions, brevityPenalty, hypothesisLength, referenceLength } = figures;
  return [
    `BLEU ${figures.bleu.toFixed(4)}: ${figures.signature}`,
    `chrF ${figures.chrf.toFixed(4)}: ${figures.chrfSignature}`,
    t('Precisions of 1 to 4 words: {precisions}', {
      precisions: precisions.map(twoDigits).join(' / '),
    }),
    t('Brevity penalty {penalty}: {hypothesis} words, {reference} in the references', {
      penalty: brevityPenalty.toFixed(4),
      hypothesis: hypothesisLength,
      reference: referenceLength,
    }),
  ];
}

/** As people write it into a paper: a line each for BLEU and chrF. */
export const signatureLines = ({ bleu, signature, chrf, chrfSignature }: Figures): string =>
  `BLEU|${signature} = ${twoDigits(bleu)}\nchrF2|${chrfSignature} = ${twoDigits(chrf)}\n`;

/** `Worst sentences, by BLEU` */
export function worstWords(measure: Measure, t: Translate): string {
  return measure === 'probability'
    ? t('Least certain sentences')
    : t('Worst sentences, by {measure}', { measure: measureName(measure, t) });
}

export function measureName(measure: Measure, t: Translate): string {
  switch (measure) {
    case 'bleu':
      return 'BLEU';
    case 'chrf':
      return 'chrF';
    case 'probability':
      return t('probability of the output');
  }
}

/** A sentence's line in the list. */
export interface SentenceLine {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
}

export function sentenceLine(
  sentence: ScoredSentence,
  measure: Measure,
  t: Translate,
): SentenceLine {
  const { source, hypothesis, failure } = sentence;
  const why = failure === null ? null : describeFailure(failure, t);
  const value = valueOf(sentence, measure);
  const shown = measure === 'probability' ? value.toFixed(3) : twoDigits(value);
  return {
    label: why === null ? `${shown} ${source}` : source.trim() || t('(no sentence)'),
    description: why ?? hypothesis,
    tooltip: sentenceTooltip(sentence, why, t),
  };
}

function sentenceTooltip(sentence: ScoredSentence, why: string | null, t: Translate): string {
  const { line, source, reference, hypothesis, score, ended, meanLogProbability } = sentence;
  return [
    t('Line {line}', { line: line + 1 }) + (score === null ? '' : `: ${figureWords(score)}`),
    t('Source: {text}', { text: source }),
    why ?? t('Output: {text}', { text: hypothesis }),
    ...(reference === null ? [] : [t('Reference: {text}', { text: reference })]),
    ...(meanLogProbability === null
      ? []
      : [
          t('Probability of a token of the output, on average (geometric mean): {probability}', {
            probability: Math.exp(meanLogProbability).toFixed(3),
          }),
        ]),
    ...(ended ? [] : [t('The output was cut off: the model came to no end.')]),
  ].join('\n');
}
