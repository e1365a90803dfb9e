/** What the *Models* view lists, without VS Code. Pure. */
import type { Translate } from '../../language/translate';
import { MAX_FOLDERS_LOOKED_AT, type Shelf } from '../models/modelShelves';
import type { ModelFact } from '../models/modelSheet';
import type { ModelSource } from '../models/modelSource';

export type ModelNode =
  | { readonly kind: 'model'; readonly model: ModelSource }
  | { readonly kind: 'fact'; readonly fact: ModelFact }
  | { readonly kind: 'note'; readonly note: ModelNote };

/** Something to know of the list that is no model. */
export interface ModelNote {
  readonly label: string;
  readonly words: string;
  /** It speaks of the setting: a click leads there. */
  readonly ofSetting: boolean;
}

/**
 * The built-in one first, the others by name: unlike *last used first*, that does not move a row from
 * under the pointer that has just clicked it.
 */
export function inOrder(
  models: readonly ModelSource[],
  builtIn: ModelSource,
  nameOf: (model: ModelSource) => string,
  locale: string,
): ModelSource[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const others = models.filter((model) => model !== builtIn);
  const sorted = others.toSorted(
    (a, b) => compare(nameOf(a), nameOf(b)) || compare(a.folder, b.folder),
  );
  return [builtIn, ...sorted];
}

/** What has to be said of the folders of the setting. */
export function shelfNotes(shelves: readonly Shelf[], t: Translate): readonly ModelNote[] {
  return shelves.flatMap(({ folder, state }) => {
    const words = shelfWords(state, t);
    return words === null ? [] : [{ label: folder, words, ofSetting: true }];
  });
}

function shelfWords(state: Shelf['state'], t: Translate): string | null {
  switch (state) {
    case 'whole':
      return null;
    case 'missing':
      return t('no such folder');
    case 'empty':
      return t('no models in it');
    case 'relative':
      return t('not a whole path');
    case 'cut':
      return t('too many folders: only {limit} are looked at', { limit: MAX_FOLDERS_LOOKED_AT });
  }
}
