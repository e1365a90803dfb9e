import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A correct config.json and the names of the tensors that came with it. */
export interface BaseConfig {
  readonly json: string;
  readonly tensors: ReadonlySet<string>;
}

/** Folders of small checkpoints: the repository's own, and more of every family where they are at hand. */
const ROOTS = ['test/fixtures/reference', '../shared/reference/tiny'];

export function baseConfigs(): BaseConfig[] {
  return ROOTS.filter((root) => existsSync(root)).flatMap((root) =>
    readdirSync(root)
      .map((name) => path.join(root, name))
      .filter((folder) => existsSync(path.join(folder, 'config.json')))
      .map((folder) => ({
        json: readFileSync(path.join(folder, 'config.json'), 'utf8'),
        tensors: tensorNames(path.join(folder, 'model.safetensors')),
      })),
  );
}

function tensorNames(file: string): Set<string> {
  const bytes = readFileSync(file);
  const header: unknown = JSON.parse(
    bytes.toString('utf8', 8, 8 + Number(bytes.readBigUInt64LE(0))),
  );
  return new Set(Object.keys(Object(header)));
}
