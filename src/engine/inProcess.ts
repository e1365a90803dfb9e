import type { EnginePort } from '../protocol/enginePort';
import type { EngineOptions } from '../protocol/engineOptions';
import { serve } from './serve';

/** The engine in this very thread, for the terminal and for tests. Messages are cloned as everywhere else. */
export function inProcessEngine(options: EngineOptions): EnginePort {
  const toHost: ((message: unknown) => void)[] = [];
  const toEngine: ((message: unknown) => void)[] = [];
  let open = true;
  const engine = serve(options, {
    emit: (message) => {
      const copy: unknown = structuredClone(message);
      if (open) queueMicrotask(() => toHost.forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => toEngine.push(listener),
  });
  return {
    post: (message) => {
      const copy: unknown = structuredClone(message);
      if (open) queueMicrotask(() => toEngine.forEach((listener) => listener(copy)));
    },
    onMessage: (listener) => toHost.push(listener),
    onExit: () => undefined,
    kill: () => {
      open = false;
      void engine.then((started) => started.dispose());
    },
  };
}
