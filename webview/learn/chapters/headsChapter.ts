import { fitsAll, type Chapter } from './chapter';
import { readingShape } from './modelFacts';
import { stackOf, toHead } from './places';

export const headsChapter: Chapter = {
  id: 'heads',
  title: (t) => t('Many heads'),
  about: (t) => t('Several attentions side by side, and how their results become one.'),
  unfit: fitsAll,
  steps(lesson) {
    const { plan, t } = lesson;
    const { heads } = readingShape(plan.model);
    const stack = stackOf(lesson);
    return [
      {
        words: t(
          'Each layer here has {heads} heads, each with matrices of its own. Go through the small pictures: some look at neighbours, some at one token, some at what belongs together.',
          { heads },
        ),
        change: toHead(lesson, 'matrix'),
      },
      {
        words: t(
          'This is the mean of a layer’s heads. It is quick to read, but the model never computes it: what one head does alone is lost in it.',
        ),
        change: { ...toHead(lesson, 'matrix', stack), head: 'mean' },
      },
      {
        words: t(
          'The model puts the heads’ results side by side and multiplies by W^O. That is the same as if each head added a vector of its own.',
        ),
        change: toHead(lesson, 'heads'),
        formula: 'headSum',
      },
      {
        words: t(
          'The bars are the lengths of these vectors for the chosen token; the vectors add up to the result of the sub-layer. Two long ones may point against each other, so length alone does not say who matters.',
        ),
        change: toHead(lesson, 'heads'),
        at: 'headSum',
      },
    ];
  },
};
