import path from 'node:path';
import { Failure, type WireFailure } from '../../failure/failure';
import type { DocumentLinks } from '../editor/documentLinks';
import { isRunning } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import { Signal } from '../signal';
import type { ChosenLanguage } from './chosenLanguage';
import type { ModelFacts } from './modelFacts';
import type { Models } from './models';
import type { ModelSource } from './modelSource';
import type { OpenPermission } from './openPermission';
import type { RecentModels } from './recentModels';

/** Shows that a model is being loaded while `work` loads it; aborts the controller when told to stop. */
export type LoadingDisplay = <T>(
  name: string,
  /** A run has to finish first. */
  behindRun: boolean,
  work: (report: (fraction: number) => void, controller: AbortController) => Promise<T>,
) => PromiseLike<T>;

/** What opening a model takes. */
export interface OpenerServices {
  readonly models: Models;
  readonly facts: Pick<ModelFacts, 'load'>;
  readonly recent: RecentModels;
  readonly language: Pick<ChosenLanguage, 'for'>;
  readonly inspections: Inspections;
  readonly links: Pick<DocumentLinks, 'textNow'>;
  readonly permission: Pick<OpenPermission, 'ask'>;
  /** Sets the folder of the model for new inspections; null: the built-in one. */
  readonly choose: (folder: string | null) => Promise<void>;
  readonly display: LoadingDisplay;
}

/** The one way to a model: with the person's yes, loaded by the engine, and only then chosen. */
export class ModelOpener {
  /** A model was opened: it reads what is inspected from now on. */
  readonly opened = new Signal<ModelSource>();
  private loading: AbortController | null = null;
  /** Openings so far, and the newest of them that got as far as loading. */
  private asked = 0;
  private newest = 0;

  constructor(private readonly services: OpenerServices) {}

  /**
   * False: the person thought better of it. A newer opening takes the place of one that still loads.
   * @throws Failure why it cannot be loaded; what was chosen before stays chosen
   */
  async open(where: string | Promise<string>): Promise<boolean> {
    const { models, permission, inspections } = this.services;
    // What was asked for last wins, however long it takes to find out where another one lies.
    const order = ++this.asked;
    const model = models.inFolder(await where);
    if (model !== models.builtIn && !(await permission.ask(model.folder))) return false;
    if (order < this.newest) return false;
    this.newest = order;
    const { running } = inspections;
    const failure = await this.load(model, running);
    if (failure?.code === 'run.cancelled' || order < this.newest) return false;
    if (failure !== null) throw new Failure(failure.code, failure.args);
    await this.use(model);
    // A run that was going on when its reader chose to open a model is what he waits for: it stays.
    if (!running) this.readCurrentWith(model);
    this.opened.emit(model);
    return true;
  }

  private async load(model: ModelSource, behindRun: boolean): Promise<WireFailure | null> {
    this.loading?.abort();
    const { models, facts, display } = this.services;
    const { folder } = model;
    return display(models.nameOf(model), behindRun, async (report, controller) => {
      this.loading = controller;
      try {
        return await facts.load(folder, { progress: report, signal: controller.signal });
      } finally {
        if (this.loading === controller) this.loading = null;
      }
    });
  }

  private async use({ folder }: ModelSource): Promise<void> {
    const { models, recent, choose } = this.services;
    const before = models.chosen.folder;
    // What a setting named is one click away still.
    if (before !== models.builtIn.folder && !recent.has(before)) await recent.use(before);
    if (folder !== models.builtIn.folder) await recent.use(folder);
    if (folder !== path.resolve(before))
      await choose(folder === models.builtIn.folder ? null : folder);
    models.refresh();
  }

  /** Runs the current text with another model, as it stands in its document now. */
  private readCurrentWith(model: ModelSource): void {
    const { inspections, links, language } = this.services;
    const { current } = inspections;
    if (current === null || isRunning(current)) return;
    if (current.subject.model.folder === model.folder) return;
    const now = current.link === 'stale' ? links.textNow(current.key) : null;
    inspections.rerun(current.key, { ...now, model, language: language.for(model) });
  }
}
