import type { EngineOptions } from '../protocol/engineOptions';
import { Engine } from './engine';
import type { Emit } from './outbox';

/** One end of a channel to the host, seen from the engine. */
export interface HostPort {
  readonly emit: Emit;
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * Serves a host over a port. Messages that come before the backend is up wait for it. A start that
 * fails rejects, and out of a thread or process throws: the host sees the exit and its reason.
 */
export function serve(options: EngineOptions, port: HostPort): Promise<Engine> {
  const starting = Engine.start(options, port.emit);
  let engine: Engine | undefined;
  port.onMessage((message) => {
    if (engine) engine.receive(message);
    else void starting.then((started) => started.receive(message));
  });
  return starting.then((started) => (engine = started));
}
