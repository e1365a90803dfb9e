import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { spellingTokenizer } from './spellingTokenizer';

/** A model of the fixtures in a folder of its own, with a tokenizer to which each letter is a token. */
export interface SpelledModel {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * @param name of its folder under `test/fixtures`
 * @param config what its configuration says otherwise
 */
export async function spelledModel(
  name: string,
  config: Readonly<Record<string, unknown>> = {},
): Promise<SpelledModel> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-spelled-'));
  await cp(path.join('test/fixtures', name), folder, { recursive: true });
  const file = path.join(folder, 'config.json');
  const known = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...known, ...config }));
  await writeFile(path.join(folder, 'tokenizer.json'), spellingTokenizer(false));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
