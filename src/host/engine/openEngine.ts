import os from 'node:os';
import path from 'node:path';
import type { EnginePort } from '../../protocol/enginePort';
import { ChildPort } from './childPort';
import { traceBudgetBytes, type BackendChoice, type EngineKind } from './engineOptions';
import { ThreadPort } from './threadPort';

/** Opens an engine from the bundles that lie beside the extension's own in `dist`. */
export function openEngine(dist: string, kind: EngineKind, backend: BackendChoice): EnginePort {
  const options = {
    wasmDirectory: path.join(dist, 'wasm'),
    backend,
    memoryBudgetBytes: traceBudgetBytes(os.totalmem()),
  };
  return kind === 'thread'
    ? new ThreadPort(path.join(dist, 'engine', 'worker.js'), options)
    : new ChildPort(path.join(dist, 'engine', 'child.js'), options);
}
