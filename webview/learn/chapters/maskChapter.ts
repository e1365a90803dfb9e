import type { Chapter, Step } from './chapter';
import { hasCross, hasDecoder } from './modelFacts';
import { toHead } from './places';

export const maskChapter: Chapter = {
  id: 'mask',
  title: (t) => t('The mask'),
  about: (t) => t('Why a decoder does not look ahead.'),
  unfit: (model, t) =>
    hasDecoder(model)
      ? null
      : t('This model is an encoder: every token sees the whole text, nothing is masked.'),
  steps(lesson) {
    const { plan, t } = lesson;
    const both: Step = {
      words: t(
        'The encoder reads a text that is there from the start: each token may look at all others, before and after it. Every cell of its matrix has a weight.',
      ),
      change: toHead(lesson, 'matrix', 'encoder'),
    };
    const window = plan.model.windows.find((keys) => keys !== null) ?? null;
    const windowed: Step = {
      words: t(
        'Some layers of this model see but the last {count} tokens, themselves included: a sliding window. The information of earlier ones can still come through the layers in between.',
        { count: window ?? 0 },
      ),
      change: toHead(lesson, 'matrix', 'decoder'),
    };
    return [
      ...(hasCross(plan.model) ? [both] : []),
      {
        words: t(
          'The decoder is there to write what comes next, so a token sees itself and what came before it. The cells to the right of the diagonal are empty: there is no weight, not a weight of 0.',
        ),
        change: toHead(lesson, 'matrix', 'decoder'),
      },
      {
        words: t(
          'The mask works on the scores: later keys get minus infinity. Their exponential is 0, and the weights of the others still add up to 1.',
        ),
        change: toHead(lesson, 'steps', 'decoder'),
        formula: 'mask',
        at: 'softmax',
      },
      ...(window === null ? [] : [windowed]),
      {
        words: t(
          'Take the mask off and the future leaks in: tokens look at what they are about to be asked for. In training that would give the answer away; here it only shows what the heads make of it.',
        ),
        change: { ...toHead(lesson, 'whatIf', 'decoder'), whatIf: { kind: 'unmasked' } },
      },
    ];
  },
};
