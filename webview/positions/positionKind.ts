/** What follows from the way in which a model knows where a token stands. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Positions } from '../../src/protocol/trace';

/** Kinds that are a vector a position, added to the embeddings: these have a table to show. */
export type Added = Extract<Positions, { kind: 'sinusoidal' | 'learned' }>;

export const isAdded = (positions: Positions): positions is Added =>
  positions.kind === 'sinusoidal' || positions.kind === 'learned';

/** Where positions act in a model that adds nothing to its embeddings; null: it adds something. */
export function whereTheyAct(positions: Positions, t: Translate): string | null {
  switch (positions.kind) {
    case 'sinusoidal':
    case 'learned':
      return null;
    case 'rotary':
      return t('Positions turn queries and keys (rotary); nothing is added to the embeddings.');
    case 'alibi':
      return t('Positions are a bias on the scores (ALiBi); nothing is added to the embeddings.');
    case 'relativeBias':
      return t(
        'Positions are a learned bias on the scores, by distance; nothing is added to the embeddings.',
      );
  }
}

/** Why views of added vectors are missing. */
export const whyNotAdded = (t: Translate): string =>
  t(
    'Not here: the sinusoids’ formula and map, the dot product of positions, and what W_Q and W_K make of it. They are about vectors added to the embeddings, and this model adds none.',
  );
