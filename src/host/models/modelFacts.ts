import { Failure, type WireFailure } from '../../failure/failure';
import type { ModelSummary } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import type { Following, EngineClient } from '../engine/engineClient';
import type { Inspections } from '../inspection/inspections';
import { Signal } from '../signal';
import type { FolderLook } from './folderLook';
import { lookAtModel, type ModelFiles } from './modelFiles';
import type { ResidentModels } from './residentModels';

/** What is known of a model; everything that is not is null. */
export interface KnownModel {
  readonly files: ModelFiles | null;
  readonly summary: ModelSummary | null;
  readonly failure: WireFailure | null;
}

/** Failures that say something about the model's own files, not about a text or the machine. */
const ABOUT_THE_MODEL = /^(checkpoint|config|generation|tokenizer(?!\.noPair$)|model)\./;

/** Gathers what becomes known of models: from their folders, from runs, and from the engine if asked. */
export class ModelFacts implements Disposable {
  readonly changed = new Signal<void>();
  private readonly store = new DisposableStore();
  private readonly known = new Map<string, KnownModel>();

  constructor(
    private readonly engine: Pick<EngineClient, 'describe'>,
    inspections: Pick<Inspections, 'events'>,
    private readonly resident: ResidentModels,
    private readonly folders: FolderLook,
  ) {
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        const { folder } = inspection.subject.model;
        if (event.type === 'planned')
          this.learn(folder, { summary: event.plan.model, failure: null });
        if (event.type === 'finished' && event.failure !== null)
          if (ABOUT_THE_MODEL.test(event.failure.code))
            this.learn(folder, { failure: event.failure });
      }),
    );
    this.store.add(resident.changed.on(() => this.changed.emit()));
  }

  of(folder: string): KnownModel {
    return this.known.get(folder) ?? { files: null, summary: null, failure: null };
  }

  isLoaded(folder: string): boolean {
    return this.resident.has(folder);
  }

  /** Looks at the folder's files. Their failure, if they cannot be a model. */
  async look(folder: string): Promise<WireFailure | null> {
    try {
      const files = await lookAtModel(this.folders, folder);
      const before = this.of(folder);
      // Of the same weights still holds what a run said of them.
      const failure = before.files?.bytes === files.bytes ? before.failure : null;
      this.learn(folder, { files, failure });
      return null;
    } catch (thrown) {
      const failure = Failure.from(thrown).toWire();
      this.learn(folder, { files: null, failure });
      return failure;
    }
  }

  /** Has the engine load the model, unless it told of it before. */
  async describe(folder: string): Promise<void> {
    if (this.of(folder).summary === null) await this.load(folder);
  }

  /** Has the engine load the model. Why it cannot, or `run.cancelled`. */
  async load(folder: string, how: Following = {}): Promise<WireFailure | null> {
    try {
      const summary = await this.engine.describe(folder, how);
      this.resident.loaded(folder);
      this.learn(folder, { summary, failure: null });
      return null;
    } catch (thrown) {
      const failure = Failure.from(thrown).toWire();
      // That somebody thought better of it says nothing of the model.
      if (failure.code !== 'run.cancelled') this.learn(folder, { failure });
      return failure;
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private learn(folder: string, news: Partial<KnownModel>): void {
    const before = this.of(folder);
    const after = { ...before, ...news };
    this.known.set(folder, after);
    if (JSON.stringify(before) !== JSON.stringify(after)) this.changed.emit();
  }
}
