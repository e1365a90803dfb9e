/** What a prediction says of single tokens, as tags under their chips. Pure. */
import { fourDecimals, twoDecimals } from '../../src/navigation/names';
import type { Translate } from '../../src/language/translate';
import type { ModelSummary, Prediction } from '../../src/protocol/trace';
import type { TokenGroup } from '../../src/protocol/words';
import type { Mark } from '../parts/mark';
import { ALARM_MARK, ANSWER_MARK, kindsOf, labelName, markOfLabel } from './labelMarks';

export interface ChipTag {
  /** Under the chip; empty where a neighbour says it. */
  readonly text: string;
  /** For a screen reader. */
  readonly words: string;
  readonly mark: Mark;
}

/** More likely replaced than not. */
export const REPLACED_FROM = 0.5;

/** A tag or none for each group of tokens: a word has the label of its first token. */
export function chipTags(
  prediction: Prediction | null,
  { labels }: Pick<ModelSummary, 'labels'>,
  groups: readonly TokenGroup[],
  t: Translate,
): readonly (ChipTag | null)[] {
  switch (prediction?.task) {
    case 'tokenLabels': {
      const kinds = kindsOf(labels);
      return groups.map(({ first }) => {
        const text = labelName(labels, prediction.labels[first] ?? 0);
        const mark = markOfLabel(text, kinds);
        const value = fourDecimals(prediction.probabilities[first] ?? Number.NaN);
        return mark === null ? null : { text, words: `${text} ${value}`, mark };
      });
    }
    case 'answerSpan': {
      const best = prediction.answers[0];
      if (best === undefined) return [];
      const begun = groups.findIndex(({ last }) => last >= best.first);
      return groups.map(({ first, last }, index) =>
        last < best.first || first > best.last
          ? null
          : {
              text: index === begun ? t('answer') : '',
              words: t('part of the answer'),
              mark: ANSWER_MARK,
            },
      );
    }
    case 'replacedToken':
      return groups.map(({ first, last }) => {
        const most = Math.max(...prediction.probabilities.slice(first, last + 1));
        return most > REPLACED_FROM
          ? {
              text: twoDecimals(most),
              words: t('replaced with probability {value}', { value: fourDecimals(most) }),
              mark: ALARM_MARK,
            }
          : null;
      });
    case undefined:
    case 'nextToken':
    case 'maskedToken':
    case 'sequenceLabels':
      return [];
  }
}
