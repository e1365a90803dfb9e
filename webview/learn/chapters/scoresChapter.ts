import { fitsAll, type Chapter, type Step } from './chapter';
import { scalesScores } from './modelFacts';
import { stackOf, toHead, wholeStack } from './places';

export const scoresChapter: Chapter = {
  id: 'scores',
  title: (t) => t('Scores, scale, softmax'),
  about: (t) => t('From two vectors to a weight, and why the paper divides by √d_k.'),
  unfit: fitsAll,
  steps(lesson) {
    const { plan, t } = lesson;
    const width = plan.model.headWidth;
    const scaled = scalesScores(plan.model);
    const here = toHead(lesson, 'steps');
    const unscaled: Step = {
      words: t(
        'Here the model runs without the scale: every product counts √{width} times as much. Weights crowd onto few keys, and a softmax that is nearly 0 or 1 hardly answers to small changes, so training would learn little from it. That is why the paper divides.',
        { width },
      ),
      change: {
        ...toHead(lesson, 'whatIf'),
        whatIf: { kind: 'scoreFunction', function: 'dot', scope: wholeStack(stackOf(lesson)) },
      },
      formula: 'scoreVariance',
    };
    return [
      {
        words: t(
          'A score says how well a key fits the query: their numbers are multiplied dimension by dimension and added up. Open a score to see which dimensions speak for the key and which against it.',
        ),
        change: here,
        formula: 'dotProduct',
      },
      {
        words: scaled
          ? t(
              'The more dimensions, the larger such sums become. They are divided by √d_k, here √{width}, so that their spread does not grow with d_k.',
              { width },
            )
          : t(
              'The more dimensions, the larger such sums become. The paper divides them by √d_k; this model does not: its matrices were trained to give smaller products.',
            ),
        change: here,
        formula: scaled ? 'scaledScores' : 'dotScore',
      },
      {
        words: t(
          'The softmax makes weights of scores: none negative, together 1. Only differences count: a score higher by 1 gives a weight e ≈ 2.718 times as large.',
        ),
        change: here,
        formula: 'softmax',
      },
      {
        words: t(
          'The weights mix the values: z is their weighted sum. Everything the token learns from this head is in z.',
        ),
        change: here,
        formula: 'mixture',
      },
      ...(scaled ? [unscaled] : []),
    ];
  },
};
