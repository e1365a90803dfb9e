import * as v from 'valibot';
import { Failure } from '../failure/failure';
import { tokenizerFileSchema, type TokenizerFile } from './tokenizerFile';

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

const configSchema = v.object({
  clean_up_tokenization_spaces: v.optional(v.nullable(v.boolean())),
});

/** Whether tokenizer_config.json asks for English to be mended after decoding. */
export function parseCleanUp(folder: string, json: string): boolean {
  const parsed = v.safeParse(configSchema, parseObject(folder, 'tokenizer_config.json', json));
  return parsed.success && parsed.output.clean_up_tokenization_spaces === true;
}

function parseObject(folder: string, file: string, json: string): unknown {
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
