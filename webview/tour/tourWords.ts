/** Words that several parts of the tour say alike. */
import type { Translate } from '../../src/language/translate';
import type { Asker, TourPair } from '../../src/protocol/studies/tour';

/** A pair as it is shown: with the words in which its sentences differ. */
export interface ShownPair {
  readonly pair: TourPair;
  readonly words: readonly [first: string, second: string];
}

/** Who looks at the nouns, as short as a cell of a table. */
export function askerName(asker: Asker, { word, pronouns }: TourPair, t: Translate): string {
  switch (asker) {
    case 'word':
      return t('“{word}”', { word });
    case 'last':
      return t('last word');
    case 'writes':
      return `→ ${pronouns.join(' / ')}`;
    case 'pronoun':
      return pronouns.join(' / ');
  }
}

/** The same at length. */
export function askerTitle(asker: Asker, { word, pronouns }: TourPair, t: Translate): string {
  const either = { first: pronouns[0], second: pronouns[1] };
  switch (asker) {
    case 'word':
      return t('The word “{word}” asks, in self-attention.', { word });
    case 'last':
      return t('The last word asks: in a decoder “{word}” cannot see it.', { word });
    case 'writes':
      return t(
        'Cross-attention of the output token before “{first}” or “{second}”: at its place the model chooses what to write next.',
        either,
      );
    case 'pronoun':
      return t(
        'Cross-attention of “{first}” or “{second}” itself, read again once it is written.',
        either,
      );
  }
}
