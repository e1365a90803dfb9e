import type { Translate } from '../../../src/language/translate';
import type { ModelSummary, Positions } from '../../../src/protocol/trace';
import { toHead } from '../chapters/places';
import { embeddingFormula, positionFormula } from '../formula/modelFormulas';
import type { TermGroup } from './term';

const onPositions = () => ({ view: 'positions', unit: 'token' }) as const;
const onMap = () => ({ view: 'map', unit: 'token' }) as const;

const unlessKind =
  (kind: Positions['kind']) =>
  ({ positionKind }: ModelSummary, t: Translate): string | null =>
    positionKind.kind === kind
      ? null
      : t('This model tells positions in another way: see “positional encoding”.');

export const inputTerms: TermGroup = {
  title: (t) => t('From text to vectors'),
  terms: [
    {
      id: 'token',
      name: (t) => t('Token'),
      says: (t) =>
        t(
          'A piece of text with a number in the model’s vocabulary: a word, a part of one, a mark. All that follows happens token by token.',
        ),
      where: (lesson) => ({ ...toHead(lesson, 'row'), view: 'row' }),
    },
    {
      id: 'special-token',
      name: (t) => t('Special token'),
      says: (t) =>
        t(
          'A token that stands for no characters of the text: its beginning or end, a separator, a gap to be filled. Heads with nothing to look for often put their weight there.',
        ),
      where: (lesson) => ({ ...toHead(lesson, 'row'), view: 'row' }),
    },
    {
      id: 'embedding',
      name: (t) => t('Embedding'),
      says: (t) =>
        t(
          'The vector that stands for a token before it has seen any other: a row of a learned table.',
        ),
      formula: embeddingFormula,
      where: onMap,
    },
    {
      id: 'd-model',
      name: (t) => t('d_model'),
      says: (t) =>
        t(
          'How many numbers a token’s vector has, from the embedding to the last layer: the width of the model.',
        ),
      where: onMap,
    },
    {
      id: 'positional-encoding',
      name: (t) => t('Positional encoding'),
      says: (t) =>
        t(
          'What tells the model where a token stands. In the paper: a vector of sines and cosines, added to the embedding.',
        ),
      formula: positionFormula,
      where: onPositions,
    },
    {
      id: 'rotary',
      name: (t) => t('Rotary positions'),
      says: (t) =>
        t(
          'Queries and keys are turned by an angle that grows with the place; their product then depends on the distance.',
        ),
      formula: () => 'rotary',
      where: onPositions,
      unfit: unlessKind('rotary'),
    },
    {
      id: 'alibi',
      name: (t) => t('ALiBi'),
      says: (t) =>
        t(
          'Attention with linear biases: the score of a key falls with its distance, for each head at a fixed slope.',
        ),
      formula: () => 'alibi',
      where: onPositions,
      unfit: unlessKind('alibi'),
    },
    {
      id: 'relative-bias',
      name: (t) => t('Relative bias'),
      says: (t) => t('A learned number a head and distance, added to the score.'),
      formula: () => 'relativeBias',
      where: onPositions,
      unfit: unlessKind('relativeBias'),
    },
  ],
};
