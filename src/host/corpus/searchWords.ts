import type { Translate } from '../../language/translate';
import type { Search } from '../../protocol/writing';

/** A way of choosing tokens, for a line of a list. */
export function searchWords(search: Search, t: Translate): string {
  switch (search.kind) {
    case 'greedy':
      return t('greedy');
    case 'beam':
      return t('beam search with {beams} beams, length penalty {penalty}', {
        beams: search.beams,
        penalty: search.lengthPenalty,
      });
    case 'sample':
      return t('sampling at temperature {temperature}, seed {seed}', {
        temperature: search.temperature,
        seed: search.seed,
      });
  }
}
