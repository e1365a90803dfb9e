import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import { Signal } from '../signal';
import type { Notice } from './notice';

/** What has to be said about the engine: how it came up, and that it broke. */
export class EngineNotices implements Disposable {
  readonly told = new Signal<Notice | null>();
  private readonly store = new DisposableStore();
  private notice: Notice | null = null;
  /** What the engine said of itself when it came up: true as long as it lives. */
  private standing: Notice | null = null;

  constructor(engine: EngineClient) {
    this.store.add(engine.gone.on(() => (this.standing = null)));
    this.store.add(engine.notices.on((failure) => this.tell({ severity: 'info', failure })));
    this.store.add(
      engine.ups.on(({ notice }) => {
        this.standing = notice && { severity: 'info', failure: notice };
        if (notice !== null) this.tell(this.standing);
      }),
    );
  }

  /** What a page that opens now has to be told. */
  get current(): Notice | null {
    return this.notice;
  }

  /** A new run: only what holds for the engine as a whole is still true. */
  begin(): void {
    this.tell(this.standing);
  }

  clear(): void {
    this.tell(null);
  }

  tell(notice: Notice | null): void {
    this.notice = notice;
    this.told.emit(notice);
  }

  dispose(): void {
    this.store.dispose();
  }
}
