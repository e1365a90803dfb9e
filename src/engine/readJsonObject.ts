import { checkJsonBounds } from '../checkpoint/jsonBounds';
import type { ModelFolder } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';

/** Longest configuration read: most have a kilobyte or two, one with names for 20,000 labels about a megabyte. */
export const MAX_CONFIG_BYTES = 8 << 20;

/**
 * A JSON file of the folder that must hold an object; null if there is no such file.
 * @throws Failure `config.json`, `checkpoint.textTooLong`, `checkpoint.jsonDepth`, `checkpoint.jsonValues`
 */
export async function readJsonObject(
  folder: ModelFolder,
  name: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await folder.text(name, MAX_CONFIG_BYTES);
  if (text === null) return null;
  checkJsonBounds(name, text);
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('config.json', { file: name, folder: folder.path, reason }, { cause: error });
  }
  throw new Failure('config.json', { file: name, folder: folder.path, reason: 'not an object' });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
