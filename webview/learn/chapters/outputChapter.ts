import type { Stack } from '../../../src/protocol/address';
import type { NavigationChange } from '../../../src/protocol/navigation';
import { offersPrediction } from '../../prediction/offersPrediction';
import type { Chapter, Lesson, Step } from './chapter';
import { choosesTokens, readingShape } from './modelFacts';
import { stackOf, toHead } from './places';

export const outputChapter: Chapter = {
  id: 'output',
  title: (t) => t('Output'),
  about: (t) => t('From the last vector to an answer.'),
  unfit: ({ task }, t) =>
    task === null
      ? t('This checkpoint ends with its last layer: what made an answer of it is not included.')
      : null,
  steps: (lesson) => (choosesTokens(lesson.plan.model) ? tokenSteps(lesson) : labelSteps(lesson)),
};

/** Where the answer is shown: an encoder–decoder's stands in its output line. */
const toAnswer = (lesson: Lesson): NavigationChange =>
  offersPrediction(lesson.plan.model)
    ? { view: 'prediction', unit: 'token' }
    : toHead(lesson, 'row', 'cross');

function tokenSteps(lesson: Lesson): Step[] {
  const { plan, t } = lesson;
  const { model } = plan;
  const { vocabulary } = model;
  const tied = model.tied === true;
  return [
    {
      words: tied
        ? t(
            'The last vector is multiplied with the embedding of each of the {vocabulary} tokens: one number each, the logits. It is the table of the beginning, used once more (tied).',
            { vocabulary },
          )
        : t(
            'The last vector is multiplied with one learned vector for each of the {vocabulary} tokens: one number each, the logits.',
            { vocabulary },
          ),
      change: { view: 'map', unit: 'token' },
      formula: tied ? 'outputTied' : 'output',
      box: ['linear'],
    },
    {
      words: t(
        'A softmax makes probabilities of the logits, just as it makes weights of scores: over the whole vocabulary, together 1.',
      ),
      change: { view: 'map', unit: 'token' },
      formula: 'tokenProbability',
      box: ['probabilities'],
    },
    { words: chosen(lesson), change: toAnswer(lesson) },
    {
      words: t(
        'A logit is a product with the last vector, and that vector is a sum of all that layers added: so each head has a share in it, told before the last norm. This view shows what each head of the layer adds along the direction of the predicted token.',
      ),
      change: toHead(lesson, 'heads', answeringStack(lesson)),
      formula: 'logitDirection',
    },
  ];
}

/** Heads that stand nearest to the output: of an encoder–decoder, those that look at the text. */
const answeringStack = (lesson: Lesson): Stack =>
  lesson.plan.model.architecture === 'encoderDecoder' ? 'cross' : stackOf(lesson);

function chosen({ plan, t }: Lesson): string {
  const { architecture, task } = plan.model;
  if (task === 'maskedToken')
    return t(
      'A masked language model answers at the place of its mask token: which tokens could stand there. Both sides of the text count.',
    );
  if (architecture === 'encoderDecoder')
    return t(
      'The most probable token is written (argmax) and read again for the next step. Choose an output token above: beside its row stand the tokens that might have come in its place.',
    );
  return t(
    'At each token a decoder says what could come next. Nothing is written here: choose a token above, and see what the model would have put after it.',
  );
}

function labelSteps(lesson: Lesson): Step[] {
  const { plan, t } = lesson;
  return [
    {
      words: t(
        'This model writes no tokens. A small network after the last layer makes its answer: labels, an answer’s two ends, or the places of replaced tokens.',
      ),
      change: { view: 'map', unit: 'token' },
    },
    {
      words: t(
        'Its numbers before the softmax or sigmoid are called logits here too; what is shown are the probabilities made of them.',
      ),
      change: { view: 'prediction', unit: 'token' },
    },
    {
      words: t(
        'Which tokens feed the answer? Here is the last layer, the mean of its heads: choose the token that the answer is read off. For a label of the whole text that is often the first one.',
      ),
      change: {
        ...toHead(lesson, 'row'),
        layer: readingShape(plan.model).layers - 1,
        head: 'mean',
      },
    },
  ];
}
