import type { Chapter } from './chapter';
import { hasCross } from './modelFacts';
import { toHead } from './places';

export const decoderChapter: Chapter = {
  id: 'decoder',
  title: (t) => t('Decoder and cross-attention'),
  about: (t) => t('How output is written, and how it looks back at your text.'),
  unfit(model, t) {
    if (hasCross(model)) return null;
    return model.architecture === 'encoder'
      ? t('This model is an encoder: it writes nothing.')
      : t('This model is a decoder alone: there is no encoder for it to look at.');
  },
  steps(lesson) {
    const { t } = lesson;
    return [
      {
        words: t(
          'The decoder writes one token at a time. For each it reads what it has written so far, through attention with a mask: rows and columns are both output tokens.',
        ),
        change: toHead(lesson, 'matrix', 'decoder'),
      },
      {
        words: t(
          'Then comes cross-attention: rows are output tokens, columns are tokens of your text. This is the only way from your text into the output.',
        ),
        change: toHead(lesson, 'matrix', 'cross'),
      },
      {
        words: t(
          'One row of it: what one output token takes from your text. The row belongs to the step that reads this token and writes the next one, so it often points at what will be translated next.',
        ),
        change: toHead(lesson, 'row', 'cross'),
      },
      {
        words: t(
          'Keys and values are made of the encoder’s last layer, once for the whole text. Each output token brings but a new query.',
        ),
        change: toHead(lesson, 'steps', 'cross'),
        formula: 'crossQueryKeyValue',
      },
      {
        words: t(
          'Turned round: which output tokens looked at one token of your text. Unlike a row, a column need not add up to 1: a token may be looked at by many or by none.',
        ),
        change: { ...toHead(lesson, 'row', 'cross'), direction: 'lookedAt' },
      },
    ];
  },
};
