import { Failure } from '../failure/failure';
import { duplicateKey } from './duplicateKey';
import { checkJsonBounds } from './jsonBounds';

export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The object a file's JSON text stands for; `text` is null where the bytes were no text at all.
 * @throws Failure `checkpoint.header`, `checkpoint.duplicateName`, `checkpoint.jsonDepth`, `checkpoint.jsonValues`
 */
export function parseJsonObject(file: string, text: string | null): object {
  if (text === null) throw new Failure('checkpoint.header', { file });
  checkJsonBounds(file, text);
  const json = parse(text);
  if (!isObject(json)) throw new Failure('checkpoint.header', { file });
  const name = duplicateKey(text);
  if (name !== null) throw new Failure('checkpoint.duplicateName', { file, name });
  return json;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
