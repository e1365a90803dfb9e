import { Failure } from '../../failure/failure';
import { canWrite } from '../../navigation/canWrite';
import { tokenizationOf } from '../../scoring/tokenization';
import type { EngineClient } from '../engine/engineClient';
import type { Inspections } from '../inspection/inspections';
import { pickModel } from '../models/chooseModel';
import type { ChosenLanguage } from '../models/chosenLanguage';
import type { FolderLook } from '../models/folderLook';
import type { LoadingDisplay } from '../models/modelOpener';
import { modelPick } from '../models/modelPick';
import type { ModelSource } from '../models/modelSource';
import type { ModelKnowledge } from '../models/modelState';
import { modelTarget } from '../models/modelTarget';
import type { OpenPermission } from '../models/openPermission';
import { askForModel } from '../models/vscodeOpen';
import { t } from '../words';
import type { CorpusPlan } from './corpusPlan';

/** What choosing and looking at models needs. */
export interface CorpusModelServices {
  readonly knowledge: ModelKnowledge;
  readonly permission: Pick<OpenPermission, 'ask'>;
  readonly language: Pick<ChosenLanguage, 'for'>;
  readonly folders: FolderLook;
  readonly engine: Pick<EngineClient, 'describeWriter'>;
  readonly inspections: Pick<Inspections, 'running'>;
  readonly display: LoadingDisplay;
}

/** The part of a plan that depends on the model. */
export type ModelPart = Pick<
  CorpusPlan,
  'model' | 'summary' | 'language' | 'asked' | 'search' | 'tokenization'
>;

/** Which models can translate a file, and how they ask to do it. */
export class CorpusModels {
  constructor(private readonly services: CorpusModelServices) {}

  /** The one for new inspections. */
  get chosen(): ModelSource {
    return this.services.knowledge.models.chosen;
  }

  /** Another one, for one run: what is chosen for inspections stays. Null: none after all. */
  async pick(): Promise<ModelSource | null> {
    const { knowledge, folders } = this.services;
    const { models, recent } = knowledge;
    const forget = async (folder: string): Promise<void> => {
      await recent.forget(folder);
      models.refresh();
    };
    const purpose = t('The model that translates this file');
    const picked = await pickModel(modelPick(knowledge, forget), purpose);
    if (picked === undefined) return null;
    if (picked !== 'another') return models.inFolder(picked.folder);
    const uri = await askForModel();
    return uri === undefined ? null : models.inFolder(await modelTarget(folders, uri.fsPath));
  }

  /**
   * Has the engine load a model. Null: the person thought better of it.
   * @throws Failure `writing.noOutput`, or why it cannot be loaded
   */
  async look(model: ModelSource): Promise<ModelPart | null> {
    const { engine, knowledge, permission, language, display, inspections } = this.services;
    const { models } = knowledge;
    const { folder } = model;
    if (!(await permission.ask(folder))) return null;
    const found = await unlessCancelled(
      display(models.nameOf(model), inspections.running, (progress, { signal }) =>
        engine.describeWriter(folder, { progress, signal }),
      ),
    );
    if (found === null) return null;
    const { summary, search: asked } = found;
    if (!canWrite(summary)) throw new Failure('writing.noOutput', { model: models.nameOf(model) });
    const tag = languageOf(summary.languages, language.for(model), model.language);
    const tokenization = tag === null ? null : tokenizationOf(tag);
    const search = asked ?? { kind: 'greedy' };
    return { model, summary, language: tag, asked, search, tokenization };
  }
}

/** The one the reader uses, else the model's default, else its first. Null: it has no switch. */
const languageOf = (
  known: readonly string[],
  ...wanted: readonly (string | null)[]
): string | null => wanted.find((tag) => tag !== null && known.includes(tag)) ?? known[0] ?? null;

/** Null: the person thought better of it. */
async function unlessCancelled<T>(loading: PromiseLike<T>): Promise<T | null> {
  try {
    return await loading;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'run.cancelled') return null;
    throw thrown;
  }
}
