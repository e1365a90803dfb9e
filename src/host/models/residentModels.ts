import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import { isGone } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import { Signal } from '../signal';

/**
 * Which models the engine is known to hold in memory. It keeps a model as long as a trace needs it
 * and frees the others at the end of a run and before it loads another; what cannot be told from
 * here counts as not held.
 */
export class ResidentModels implements Disposable {
  readonly changed = new Signal<void>();
  private readonly store = new DisposableStore();
  private folders: ReadonlySet<string> = new Set();

  constructor(
    engine: Pick<EngineClient, 'events' | 'gone'>,
    private readonly inspections: Pick<Inspections, 'all' | 'events'>,
  ) {
    this.store.add(engine.gone.on(() => this.become(new Set())));
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (event.type === 'planned') this.loaded(inspection.subject.model.folder);
      }),
    );
    this.store.add(
      engine.events.on(({ type }) => {
        if (type === 'finished') this.become(this.needed());
      }),
    );
  }

  has(folder: string): boolean {
    return this.folders.has(folder);
  }

  /** The engine said something that it can say only with this model in memory. */
  loaded(folder: string): void {
    if (!this.folders.has(folder)) this.become(this.needed().add(folder));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** Known models whose traces are in memory. */
  private needed(): Set<string> {
    return new Set(
      this.inspections
        .all()
        .filter((one) => one.snapshot.plan !== null && !isGone(one))
        .filter(({ snapshot }) => snapshot.outcome !== 'failed')
        .map(({ subject }) => subject.model.folder)
        .filter((folder) => this.folders.has(folder)),
    );
  }

  private become(folders: ReadonlySet<string>): void {
    const same = folders.size === this.folders.size && [...folders].every((one) => this.has(one));
    this.folders = folders;
    if (!same) this.changed.emit();
  }
}
