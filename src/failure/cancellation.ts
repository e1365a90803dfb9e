import { Failure } from './failure';

/** Says whether a run is still wanted. An `AbortSignal` is one; the pure rooms need no more of it. */
export interface Cancellation {
  readonly aborted: boolean;
}

/** @throws Failure `run.cancelled` */
export function throwIfCancelled(cancellation: Cancellation): void {
  if (cancellation.aborted) throw new Failure('run.cancelled');
}
