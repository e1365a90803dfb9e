import type { ModelFolder } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';

/** A JSON file of the folder that must hold an object; null if there is no such file. @throws Failure `config.json` */
export async function readJsonObject(
  folder: ModelFolder,
  name: string,
): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await folder.text(name);
  if (text === null) return null;
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
