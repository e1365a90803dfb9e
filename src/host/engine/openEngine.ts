import os from 'node:os';
import path from 'node:path';
import {
  FASTEST,
  type BackendChoice,
  type Computation,
  type EngineOptions,
} from '../../protocol/engineOptions';
import type { EnginePort } from '../../protocol/enginePort';
import { ChildPort } from './childPort';
import type { EngineKind } from './enginePlace';
import { ThreadPort } from './threadPort';
import { traceBudgetBytes } from './traceBudget';

/** Opens an engine from the bundles that lie beside the extension's own in `dist`. Budget of its traces: null for what fits the machine. */
export function openEngine(
  dist: string,
  kind: EngineKind,
  backend: BackendChoice,
  computation: Pick<Computation, 'kernels' | 'threads'>,
  budgetMegabytes: number | null,
): EnginePort {
  const options: EngineOptions = {
    wasmDirectory: path.join(dist, 'wasm'),
    backend,
    ...FASTEST,
    ...computation,
    memoryBudgetBytes:
      budgetMegabytes === null
        ? traceBudgetBytes(os.totalmem())
        : Math.round(budgetMegabytes * 2 ** 20),
  };
  return kind === 'thread'
    ? new ThreadPort(path.join(dist, 'engine', 'worker.js'), options)
    : new ChildPort(path.join(dist, 'engine', 'child.js'), options);
}
