import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../failure/failure';
import { Tokenizer } from '../tokens/tokenizer';
import { readTokenizerFiles } from '../tokens/tokenizerFiles';
import { readText } from './readText';

/** Where the text comes from: the command line, a whole file, or a file with one JSON string a line. */
export type TokenizeInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'textFile'; readonly file: string }
  | { readonly kind: 'jsonLines'; readonly file: string };

export interface TokenizeArguments {
  /** Folder with tokenizer files, as `readTokenizerFiles` knows them; no other file of it is opened. */
  readonly model: string;
  readonly input: TokenizeInput;
  /** Put the model's special tokens around the text. */
  readonly special: boolean;
}

/** `tokenize`: one JSON object `{ids, tokens, spans, words}` for each text, to `out`, a line at a time. */
export async function tokenize(
  args: TokenizeArguments,
  out: (line: string) => void,
): Promise<void> {
  const tokenizer = await readTokenizer(args.model);
  for (const text of await readTexts(args.input)) {
    const { ids, tokens, spans, words } = tokenizer.encode(text, { special: args.special });
    out(JSON.stringify({ ids, tokens, spans, words }));
  }
}

async function readTokenizer(folder: string): Promise<Tokenizer> {
  const files = await readTokenizerFiles({
    path: folder,
    list: () => readdir(folder).catch((): string[] => []),
    text: (name) => readOptional(path.join(folder, name)),
  });
  return Tokenizer.fromFiles(files);
}

async function readTexts(input: TokenizeInput): Promise<readonly string[]> {
  switch (input.kind) {
    case 'text':
      return [input.text];
    case 'textFile':
      return [await readText(input.file)];
    case 'jsonLines': {
      const lines = (await readText(input.file)).split('\n');
      // The line break that ends the last line begins no further one.
      if (lines.at(-1) === '') lines.pop();
      return lines.map((line, index) => parseLine(line, input.file, index + 1));
    }
  }
}

function parseLine(line: string, file: string, number: number): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Failure('input.line', { file, line: number }, { cause: error });
  }
  if (typeof value !== 'string') throw new Failure('input.line', { file, line: number });
  return value;
}

/** Null if there is no such file. */
async function readOptional(file: string): Promise<string | null> {
  try {
    return await readText(file);
  } catch (error) {
    if (error instanceof Failure && isMissing(error.cause)) return null;
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR');
