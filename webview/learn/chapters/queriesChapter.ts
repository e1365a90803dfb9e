import { readingStack } from '../../../src/navigation/traceState';
import { fitsAll, type Chapter, type Lesson, type Step } from './chapter';
import { hasCross, readingShape } from './modelFacts';
import { oneHead, toHead, twoTokens } from './places';

export const queriesChapter: Chapter = {
  id: 'queryKeyValue',
  title: (t) => t('Query, key, value'),
  about: (t) => t('The three vectors that a head makes of every token.'),
  unfit: fitsAll,
  steps(lesson) {
    const { plan, t } = lesson;
    const { heads, keyValueHeads } = readingShape(plan.model);
    const made: Step = {
      words: t(
        'From each token’s vector a head makes three short ones of {width} numbers (d_k): query, key and value. Three matrices do it, learned, and the same for all tokens.',
        { width: plan.model.headWidth },
      ),
      change: toHead(lesson, 'steps'),
      formula: 'queryKeyValue',
    };
    const roles: Step = {
      words: t(
        'The query is what a token asks with, the keys are what it is compared with, the values are what it takes from those that match. Choose other tokens above: the query changes, keys and values stay.',
      ),
      change: toHead(lesson, 'steps'),
      at: 'queryKeyValue',
    };
    const shared: Step = {
      words: t(
        'In this model {heads} heads of a layer share {shared} sets of keys and values. Each still asks with a query of its own.',
        { heads, shared: keyValueHeads },
      ),
      change: toHead(lesson, 'steps'),
      at: 'queryKeyValue',
    };
    const cross: Step = {
      words: t(
        'In cross-attention the three have two origins: the query comes from the output being written, keys and values from what the encoder made of your text.',
      ),
      change: toHead(lesson, 'steps', 'cross'),
      formula: 'crossQueryKeyValue',
    };
    return [
      made,
      roles,
      ...borrowed(lesson),
      ...(keyValueHeads < heads ? [shared] : []),
      ...(hasCross(plan.model) ? [cross] : []),
    ];
  },
};

/** One token asks with the query of another. */
function borrowed(lesson: Lesson): Step[] {
  const places = twoTokens(lesson);
  if (places === null) return [];
  // The later one asks: under a causal mask it sees all that the earlier one saw. Not of the stack on
  // screen: how many steps there are must not change while the reader walks.
  const [from, to] = places;
  const stack = readingStack(lesson.plan);
  return [
    {
      words: lesson.t(
        'Let “{token}” ask with the query of “{other}”. The weights move to what “{other}” looks for; the values that are mixed stay what they were.',
        { token: to.label, other: from.label },
      ),
      change: {
        ...toHead(lesson, 'whatIf', stack),
        token: { side: 'source', index: to.index, locked: true },
        whatIf: {
          kind: 'otherQuery',
          scope: oneHead(lesson, stack),
          token: to.index,
          from: from.index,
        },
      },
    },
  ];
}
