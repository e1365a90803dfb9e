import { DisposableStore, type Disposable } from '../disposables';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';

/** What package.json shows and enables commands by. */
export interface ContextValues {
  /** There is a text that can be inspected (again). */
  readonly 'headlight.inspected': boolean;
  /** A text is inspected now. */
  readonly 'headlight.showing': boolean;
  readonly 'headlight.running': boolean;
  /** The model writes of it, or wrote. */
  readonly 'headlight.hasOutput': boolean;
  readonly 'headlight.pinned': boolean;
  readonly 'headlight.canGoBack': boolean;
  readonly 'headlight.canGoForward': boolean;
}

/** Keeps VS Code's context keys; each is told only when it is another. */
export class ContextKeys implements Disposable {
  private readonly store = new DisposableStore();
  private readonly told = new Map<string, boolean>();

  constructor(
    private readonly inspections: Inspections,
    private readonly reader: Reader,
    private readonly set: (key: keyof ContextValues, value: boolean) => void,
  ) {
    this.store.add(reader.changed.on(() => this.update()));
    this.store.add(inspections.shown.on(() => this.update()));
    this.store.add(inspections.dropped.on(() => this.update()));
    this.store.add(
      inspections.events.on(({ event }) => {
        if (event.type === 'planned' || event.type === 'finished') this.update();
      }),
    );
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { current, last, running } = this.inspections;
    const { pinned, canGoBack, canGoForward } = this.reader.state;
    const values: ContextValues = {
      'headlight.inspected': last !== null,
      'headlight.showing': current !== null,
      'headlight.running': running,
      'headlight.hasOutput': current !== null && (current.snapshot.plan?.writing ?? null) !== null,
      'headlight.pinned': pinned !== null,
      'headlight.canGoBack': canGoBack,
      'headlight.canGoForward': canGoForward,
    };
    let key: keyof ContextValues;
    for (key in values) {
      if (this.told.get(key) === values[key]) continue;
      this.told.set(key, values[key]);
      this.set(key, values[key]);
    }
  }
}
