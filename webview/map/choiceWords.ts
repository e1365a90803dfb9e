/** The end of the path: what the model makes of its probabilities, with its answer where it is known. Pure. */
import type { Translate } from '../../src/language/translate';
import { candidateName, labelAt } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf, writtenAt } from '../../src/navigation/traceState';
import type { Prediction } from '../../src/protocol/trace';
import { shorten } from '../drawing/axisLabels';
import type { MapSight, PathToken } from './mapSight';

export interface ChoiceWords {
  readonly title: string;
  /** The answer for the chosen token; empty: none is known here. */
  readonly detail: string;
}

export function choiceWords(sight: MapSight, t: Translate): ChoiceWords {
  const { task } = sight.model;
  switch (task) {
    case 'nextToken':
      return { title: t('Next token'), detail: written(sight) || guessed(sight) };
    case 'maskedToken':
      return { title: t('Token that stands here'), detail: guessed(sight) };
    case 'sequenceLabels':
      return { title: t('Label of the text'), detail: textLabel(sight) };
    case 'tokenLabels':
      return { title: t('Label of each token'), detail: tokenLabel(sight) };
    case 'answerSpan':
      return { title: t('First and last token'), detail: answer(sight) };
    case 'replacedToken':
      return { title: t('Replaced or not'), detail: replaced(sight) };
    case null:
      return { title: '', detail: '' };
  }
}

/** What fits into a box beside its probability; an answer may be a whole sentence. */
const LONGEST = 14;

/** The chosen token, where its own path ends in an answer. */
const own = ({ token, model }: MapSight): PathToken | null =>
  token === null || (model.architecture === 'encoderDecoder' && token.half === 'encoder')
    ? null
    : token;

const answered = (label: string, probability: number | undefined): string =>
  probability === undefined
    ? shorten(label, LONGEST)
    : `“${shorten(label, LONGEST)}” ${fourDecimals(probability)}`;

/** What was written after the chosen token. */
function written(sight: MapSight): string {
  const token = own(sight);
  if (token === null) return '';
  const { snapshot } = sight.view;
  const next = writtenAt(snapshot, token.index + 1);
  if (next === null) return '';
  return answered(labelAt(tokensOf(snapshot, token.side), token.index + 1), next.probability);
}

const guessed = ({ best }: MapSight): string =>
  best === null ? '' : answered(candidateName(best), best.probability);

const predicted = <T extends Prediction['task']>(
  { view }: MapSight,
  task: T,
): Extract<Prediction, { task: T }> | null => {
  const { prediction } = view.snapshot;
  return prediction?.task === task ? (prediction as Extract<Prediction, { task: T }>) : null;
};

function textLabel(sight: MapSight): string {
  const found = predicted(sight, 'sequenceLabels');
  if (found === null || found.kind !== 'single') return '';
  const best = found.probabilities.indexOf(Math.max(...found.probabilities));
  return answered(sight.model.labels[best] ?? '', found.probabilities[best]);
}

function tokenLabel(sight: MapSight): string {
  const [found, token] = [predicted(sight, 'tokenLabels'), own(sight)];
  const label = found === null || token === null ? undefined : found.labels[token.index];
  if (label === undefined || token === null) return '';
  return answered(sight.model.labels[label] ?? '', found?.probabilities[token.index]);
}

function answer(sight: MapSight): string {
  const [best] = predicted(sight, 'answerSpan')?.answers ?? [];
  return best === undefined ? '' : answered(best.text, best.probability);
}

function replaced(sight: MapSight): string {
  const [found, token] = [predicted(sight, 'replacedToken'), own(sight)];
  const probability = token === null ? undefined : found?.probabilities[token.index];
  return probability === undefined ? '' : fourDecimals(probability);
}
