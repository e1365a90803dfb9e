import path from 'node:path';
import { LARGE, writeRandomMarian } from '../fixtures/randomMarian';
import { root } from './headlight';

let written: Promise<string> | null = null;

/** Folder of the seeded random 12 × 512 model; written once a run of the suite. */
export function largeModel(): Promise<string> {
  written ??= writeRandomMarian(path.join(root, 'out', 'fixtures', 'random-marian'), LARGE);
  return written;
}
