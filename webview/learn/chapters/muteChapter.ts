import { fitsAll, type Chapter, type Step } from './chapter';
import { hasCross } from './modelFacts';
import { oneHead, stackOf, toHead } from './places';

export const muteChapter: Chapter = {
  id: 'mute',
  title: (t) => t('What a head looks at, and what it does'),
  about: (t) => t('Why a weight is not yet a reason, and how to find out more.'),
  unfit: fitsAll,
  steps(lesson) {
    const { plan, t } = lesson;
    const stack = stackOf(lesson);
    const head = oneHead(lesson, stack);
    const tour: Step = {
      words: t(
        'The “it” tour asks this of one famous question: what does “it” stand for? It looks for heads that answer with their weights, mutes them, and mutes others as a control.',
      ),
      change: { view: 'tour', unit: 'token' },
    };
    return [
      {
        words: t(
          'A weight says how much of a token’s value is taken. It does not say what that value holds, nor whether the result depends on it: a large weight on a short value moves little.',
        ),
        change: toHead(lesson, 'row'),
      },
      {
        words: t(
          'What the head adds to the stream is the value’s mixture times its part of W^O. Compare heads by what they add, not by where they look.',
        ),
        change: toHead(lesson, 'heads'),
        formula: 'headSum',
      },
      {
        words: t(
          'Now the head is muted: it adds nothing, and everything after it is computed again. If the result stays, other heads do the same work, or this text did not need it.',
        ),
        change: { ...toHead(lesson, 'whatIf'), whatIf: { kind: 'muted', heads: [head] } },
      },
      {
        words: t(
          'The opposite: all other heads of its layer are muted. What this head does alone may differ from what it does among others.',
        ),
        change: { ...toHead(lesson, 'whatIf'), whatIf: { kind: 'soloed', head } },
      },
      ...(hasCross(plan.model) ? [tour] : []),
    ];
  },
};
