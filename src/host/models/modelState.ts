import type { ListedModels } from './listedModels';
import type { ChoosableModel } from './modelChoices';
import type { ModelFacts } from './modelFacts';
import type { Models } from './models';
import type { ModelSource } from './modelSource';
import type { RecentModels } from './recentModels';

/** Who knows something about models. */
export interface ModelKnowledge {
  readonly models: Models;
  readonly facts: ModelFacts;
  readonly recent: RecentModels;
  readonly listed: ListedModels;
}

/** All that is known of a model now. */
export function stateOf(
  { models, facts, recent }: ModelKnowledge,
  model: ModelSource,
): ChoosableModel {
  const { folder } = model;
  return {
    ...facts.of(folder),
    folder,
    name: models.nameOf(model),
    chosen: models.chosen.folder === folder,
    builtIn: folder === models.builtIn.folder,
    loaded: facts.isLoaded(folder),
    recent: recent.has(folder),
  };
}

/** Looks at the folders of the setting, and at the files of every model, again. */
export async function lookAgain({ models, facts, listed }: ModelKnowledge): Promise<void> {
  await listed.refresh();
  await Promise.all(models.all().map(({ folder }) => facts.look(folder)));
}
