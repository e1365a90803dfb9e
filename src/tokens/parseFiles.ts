import * as v from 'valibot';
import { Failure } from '../failure/failure';
import { tokenizerFileSchema, vocabularySchema, type TokenizerFile } from './tokenizerFile';

/** Puts what is wrong with a file, and where in it, into the failure's reason. */
export function parseTokenizerFile(folder: string, json: string): TokenizerFile {
  const value = parseObject(folder, 'tokenizer.json', json);
  const parsed = v.safeParse(tokenizerFileSchema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue);
  const reason = place ? `${place}: ${issue.message}` : issue.message;
  throw new Failure('tokenizer.invalid', { folder, reason });
}

/** Reads a file that must hold a JSON object. */
export function parseObject(folder: string, file: string, json: string): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Failure(
      'tokenizer.invalid',
      { folder, reason: `${file} is not JSON` },
      { cause: error },
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Failure('tokenizer.invalid', { folder, reason: `${file} is not a JSON object` });
}

/** A table of token numbers. */
export function parseVocabulary(
  folder: string,
  file: string,
  json: string,
): ReadonlyMap<string, number> {
  const parsed = v.safeParse(vocabularySchema, parseObject(folder, file, json));
  if (parsed.success) return new Map(Object.entries(parsed.output));
  const reason = `${file} is not a table of token numbers`;
  throw new Failure('tokenizer.invalid', { folder, reason });
}
