import type { Translate } from '../../../src/language/translate';
import { offersPrediction } from '../../prediction/offersPrediction';
import type { ModelSummary } from '../../../src/protocol/trace';
import type { Lesson } from '../chapters/chapter';
import { choosesTokens } from '../chapters/modelFacts';
import { toHead } from '../chapters/places';
import type { TermGroup } from './term';

const onMap = () => ({ view: 'map', unit: 'token' }) as const;
const onAnswer = (lesson: Lesson) =>
  offersPrediction(lesson.plan.model)
    ? ({ view: 'prediction', unit: 'token' } as const)
    : ({ ...toHead(lesson, 'row', 'cross'), view: 'row' } as const);
const unlessTokens = (model: ModelSummary, t: Translate): string | null =>
  choosesTokens(model) ? null : t('This model does not choose tokens.');

export const outputTerms: TermGroup = {
  title: (t) => t('Output'),
  terms: [
    {
      id: 'logit',
      name: (t) => t('Logit'),
      says: (t) =>
        t(
          'The number a token (or label) gets before the softmax makes probabilities of all of them.',
        ),
      formula: (model) => (model.tied === true ? 'outputTied' : 'output'),
      where: onMap,
      unfit: ({ task }, t) =>
        task === null ? t('This checkpoint ends with its last layer.') : null,
    },
    {
      id: 'probability',
      name: (t) => t('Token probability'),
      says: (t) =>
        t(
          'The share of a token in the softmax over the whole vocabulary: how much the model expects it.',
        ),
      formula: () => 'tokenProbability',
      where: onAnswer,
      unfit: unlessTokens,
    },
    {
      id: 'argmax',
      name: (t) => t('Argmax'),
      says: (t) =>
        t(
          'Choosing the most probable token at each step (greedy decoding). A beam search would keep several beginnings and choose among them later.',
        ),
      where: onAnswer,
      unfit: unlessTokens,
    },
    {
      id: 'temperature',
      name: (t) => t('Temperature'),
      says: (t) =>
        t(
          'A number by which logits are divided before a token is drawn at random: above 1 flatter, below 1 sharper. Nothing is drawn here, so there is none.',
        ),
      where: onAnswer,
      unfit: unlessTokens,
    },
    {
      id: 'tied',
      name: (t) => t('Tied embeddings'),
      says: (t) =>
        t(
          'One table serves as the embedding and as the output matrix: fewer parameters, and tokens that are alike stay alike at both ends.',
        ),
      formula: () => 'outputTied',
      where: onMap,
      unfit({ tied }, t) {
        if (tied === true) return null;
        return tied === false
          ? t('In this model the output matrix is a table of its own.')
          : t('This model has no output matrix over its vocabulary.');
      },
    },
    {
      id: 'teacher-forcing',
      name: (t) => t('Teacher forcing'),
      says: (t) =>
        t(
          'The decoder reads a given output instead of what it would write itself. What-ifs use it, so that the same tokens can be compared.',
        ),
      where: () => ({ view: 'whatIf', unit: 'token' }),
      unfit: ({ architecture }, t) =>
        architecture === 'encoderDecoder' ? null : t('This model writes no output.'),
    },
  ],
};
