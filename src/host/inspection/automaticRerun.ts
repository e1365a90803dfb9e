import { DisposableStore, type Disposable } from '../disposables';
import type { Clock } from '../engine/clock';
import type { Inspection } from './inspection';
import type { Inspections } from './inspections';

/** A pause in typing this long asks for new numbers: long enough not to run at every word. */
export const REST_MS = 800;
/**
 * The same where only what was changed, and what follows, is computed again (a decoder without an
 * encoder): short enough to be answered while one looks for the next word.
 */
export const CAUSAL_REST_MS = 200;

/** Runs an edited text again by itself, if the reader wants that: when typing has paused, the current one only. */
export class AutomaticRerun implements Disposable {
  private readonly store = new DisposableStore();
  private waiting: Disposable | null = null;

  constructor(
    inspections: Inspections,
    edits: { on(listener: (uri: string) => void): Disposable },
    clock: Clock,
    wanted: () => boolean,
    /** Without arguments: what it takes by default is what is wanted. */
    rerun: () => void,
  ) {
    this.store.add(
      edits.on(() => {
        this.waiting?.dispose();
        this.waiting = null;
        if (inspections.current?.link !== 'stale' || !wanted()) return;
        this.waiting = clock.after(restAfter(inspections.current), () => {
          if (inspections.current?.link !== 'stale') return;
          try {
            rerun();
          } catch {
            // Nothing is left of the text, or too much was pasted: whoever asks for a run is told.
          }
        });
      }),
    );
  }

  dispose(): void {
    this.waiting?.dispose();
    this.store.dispose();
  }
}

const restAfter = ({ snapshot }: Inspection): number =>
  snapshot.plan?.model.architecture === 'decoder' ? CAUSAL_REST_MS : REST_MS;
