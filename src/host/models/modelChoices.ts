/** Which models there are to choose from, in groups, for a list that is searched by typing. Pure. */
import type { Translate } from '../../language/translate';
import { modelWords, type ModelState } from './modelLine';

/** What is known of a model that can be chosen. */
export interface ChoosableModel extends ModelState {
  readonly folder: string;
  readonly name: string;
  /** Used before. */
  readonly recent: boolean;
}

/** A line of the list. */
export interface ModelChoice {
  readonly folder: string;
  readonly label: string;
  readonly description: string;
  /** Where it lies; empty for the built-in one, whose place concerns nobody. */
  readonly detail: string;
  readonly chosen: boolean;
  /** It can be taken out of the list. */
  readonly forgettable: boolean;
}

/** A heading and its lines. */
export interface ModelGroup {
  readonly title: string;
  readonly choices: readonly ModelChoice[];
}

/** Used before, found in the folders of the setting, built in: each model once, empty groups left out. */
export function modelChoices(
  models: readonly ChoosableModel[],
  locale: string,
  t: Translate,
): readonly ModelGroup[] {
  const lines = (some: (model: ChoosableModel) => boolean): readonly ModelChoice[] =>
    models.filter(some).map((model) => ({
      folder: model.folder,
      // A folder may be called like an icon.
      label: `$(${iconOf(model)}) ${model.name.replaceAll('$(', String.raw`\$(`)}`,
      description: modelWords(model, locale, t),
      detail: model.builtIn ? '' : model.folder,
      chosen: model.chosen,
      forgettable: model.recent && !model.chosen,
    }));
  const isOther = (model: ChoosableModel): boolean => !model.builtIn && !model.recent;
  return [
    { title: t('used recently'), choices: lines(({ recent, builtIn }) => recent && !builtIn) },
    { title: t('in your model folders'), choices: lines(isOther) },
    { title: t('comes with Headlight'), choices: lines(({ builtIn }) => builtIn) },
  ].filter(({ choices }) => choices.length > 0);
}

/** Of a codicon. */
const iconOf = ({ failure, chosen }: ModelState): string =>
  failure !== null ? 'warning' : chosen ? 'check' : 'blank';
