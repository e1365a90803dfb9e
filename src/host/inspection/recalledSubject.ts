import type { ChosenLanguage } from '../models/chosenLanguage';
import type { Models } from '../models/models';
import type { StoredInspection } from './storedInspection';
import type { Subject } from './subject';

/** What to inspect after a reload: with the model that read it before, if the reader still has it. */
export function recalledSubject(
  { text, language, writing, origin, place, pair, model: folder }: StoredInspection,
  models: Pick<Models, 'all' | 'chosen'>,
  chosenLanguage: Pick<ChosenLanguage, 'for'>,
): Subject {
  const same = models.all().find((model) => model.folder === folder);
  const read = { text, origin, place, pair };
  if (same !== undefined) return { ...read, language, writing, model: same };
  const { chosen } = models;
  // Another model has other tokens, and may not write at all.
  return { ...read, language: chosenLanguage.for(chosen), writing: null, model: chosen };
}
