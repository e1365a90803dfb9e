import type { ChosenLanguage } from '../models/chosenLanguage';
import type { Models } from '../models/models';
import type { StoredInspection } from './storedInspection';
import type { Subject } from './subject';

/** What to inspect after a reload: with the model that read it before, if the reader still has it. */
export function recalledSubject(
  { text, language, origin, place, pair, model: folder }: StoredInspection,
  models: Pick<Models, 'all' | 'chosen'>,
  chosenLanguage: Pick<ChosenLanguage, 'for'>,
): Subject {
  const same = models.all().find((model) => model.folder === folder);
  if (same !== undefined) return { text, language, origin, place, pair, model: same };
  const { chosen } = models;
  return { text, language: chosenLanguage.for(chosen), origin, place, pair, model: chosen };
}
