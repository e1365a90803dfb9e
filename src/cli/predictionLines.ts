import { tokenCandidates } from '../engine/candidateAnswers';
import type { Trace } from '../engine/trace';
import type { Translate } from '../language/translate';
import { alignColumns, oneLine } from './columns';
import { candidateText, DIGITS, name } from './entryText';
import type { TextTrace } from './textTrace';

/** What a model says of the text it read, for people. */
export function predictionLines(
  { trace, prediction }: TextTrace,
  top: number,
  t: Translate,
): string[] {
  if (!prediction) return [];
  const { source, plan } = trace;
  const { labels } = plan.model;
  const number = (value: number): string => value.toFixed(DIGITS);
  const table = (title: string, rows: readonly string[][]): string[] => [
    '',
    title,
    ...alignColumns(rows),
  ];
  const byToken = (cells: (token: number) => string[]): string[][] =>
    source.map((token, index) => [name(token, index), ...cells(index)]);
  switch (prediction.task) {
    case 'nextToken':
      return table(
        t('Next tokens: most likely after each token'),
        byToken((token) => candidates(trace, token, top)),
      );
    case 'maskedToken': {
      const { masks } = prediction;
      const shown = masks.length > 0 ? masks : source.map((_, index) => index);
      const title =
        masks.length > 0
          ? t('Most likely in place of each mask')
          : t('No mask in the text; most likely in place of each token');
      return table(
        title,
        shown.map((token) => [name(source[token]!, token), ...candidates(trace, token, top)]),
      );
    }
    case 'sequenceLabels':
      return table(
        prediction.kind === 'regression'
          ? t('Values of the whole text')
          : t('Labels of the whole text: probability, logit'),
        prediction.logits.map((logit, label) => [
          oneLine(labels[label] ?? String(label)),
          ...(prediction.kind === 'regression' ? [] : [number(prediction.probabilities[label]!)]),
          number(logit),
        ]),
      );
    case 'tokenLabels':
      return table(
        t('Label of each token: probability'),
        byToken((token) => [
          oneLine(labels[prediction.labels[token]!] ?? ''),
          number(prediction.probabilities[token]!),
        ]),
      );
    case 'answerSpan':
      return table(
        t('Most likely answers: probability'),
        prediction.answers
          .slice(0, top)
          .map(({ text, probability }) => [oneLine(text), number(probability)]),
      );
    case 'replacedToken':
      return table(
        t('Probability of each token to be a replacement'),
        byToken((token) => [number(prediction.probabilities[token]!)]),
      );
  }
}

const candidates = (trace: Trace, token: number, top: number): string[] =>
  tokenCandidates(trace, { token }).candidates.slice(0, top).map(candidateText);
