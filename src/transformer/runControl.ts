import type { Cancellation } from '../failure/cancellation';

/** How a run is watched and stopped. The model computes a layer at a time and asks in between. */
export interface RunControl {
  readonly signal: Cancellation;
  /** Called when a layer's values exist; the next layer starts when the promise settles. */
  afterLayer(stack: 'encoder' | 'decoder', layer: number): Promise<void>;
}

/** Runs through without watchers. */
export const unwatched: RunControl = {
  signal: { aborted: false },
  afterLayer: () => Promise.resolve(),
};
