import type { Disposable } from '../disposables';

/** The engine is told this often at most: it takes a person for typing three times as long. */
const SAID_EVERY_MS = 500;

/** Hears, key by key, that somebody types, and says so as often as the engine needs it. */
export function watchTyping(
  onKey: (pressed: () => void) => Disposable,
  now: () => number,
  say: () => void,
): Disposable {
  let saidAt = Number.NEGATIVE_INFINITY;
  return onKey(() => {
    if (now() - saidAt < SAID_EVERY_MS) return;
    saidAt = now();
    say();
  });
}
