import path from 'node:path';
import type { EnginePort } from '../../protocol/enginePort';
import { ChildPort } from './childPort';
import type { EngineKind, EngineOptions } from './engineOptions';
import { ThreadPort } from './threadPort';

/** Opens an engine from the bundles beside the extension's own. */
export function openEngine(dist: string, kind: EngineKind, options: EngineOptions): EnginePort {
  return kind === 'thread'
    ? new ThreadPort(path.join(dist, 'engine', 'worker.js'), options)
    : new ChildPort(path.join(dist, 'engine', 'child.js'), options);
}
