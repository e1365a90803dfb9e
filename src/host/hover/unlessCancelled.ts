import type { Disposable } from '../disposables';

/** VS Code's cancellation token, as far as needed here. */
export interface CancellationSource {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): Disposable;
}

/** What a promise brings, or undefined as soon as nobody waits for it any more. */
export function unlessCancelled<T>(
  wanted: Promise<T>,
  cancellation: CancellationSource,
): Promise<T | undefined> {
  if (cancellation.isCancellationRequested) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const listening = cancellation.onCancellationRequested(() => resolve(undefined));
    wanted.then(resolve, reject).finally(() => listening.dispose());
  });
}
