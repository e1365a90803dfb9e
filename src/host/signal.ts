import type { Disposable } from './disposables';

/**
 * Tells listeners that something happened. VS Code's EventEmitter without VS Code, so that what
 * uses it can be tested in plain Node.
 */
export class Signal<T> {
  private readonly listeners = new Set<(value: T) => void>();

  on(listener: (value: T) => void): Disposable {
    // A wrapper of our own, so that the same function may listen twice and leave once.
    const own = (value: T): void => listener(value);
    this.listeners.add(own);
    return { dispose: () => this.listeners.delete(own) };
  }

  /** Listeners now. For tests of leaks. */
  get size(): number {
    return this.listeners.size;
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }
}
