import path from 'node:path';
import { Failure } from '../failure/failure';
import { readOptions } from './arguments';
import { builtInModel } from './builtInModel';
import type { Command } from './terminal';
import { tokenize, type TokenizeInput } from './tokenize';

const OPTIONS = {
  model: 'text',
  text: 'text',
  'text-file': 'text',
  'json-lines': 'text',
  'no-special': 'flag',
} as const;

/** `tokenize`: ids, pieces, spans and words of texts, as JSON lines. */
export const tokenizeCommand: Command = async (args, { dist, write }) => {
  const given = readOptions('tokenize', args, OPTIONS);
  const model = path.resolve(given.model ?? builtInModel(dist));
  const special = given['no-special'] === undefined;
  await tokenize({ model, input: inputOf(given), special }, (line) => write(`${line}\n`));
};

type Given = Readonly<Partial<Record<'text' | 'text-file' | 'json-lines', string>>>;

function inputOf(given: Given): TokenizeInput {
  const names = ['text', 'text-file', 'json-lines'] as const;
  const [name, other] = names.filter((one) => given[one] !== undefined);
  if (name && other) {
    throw new Failure('cli.conflict', { option: `--${name}`, other: `--${other}` });
  }
  if (given.text !== undefined) return { kind: 'text', text: given.text };
  if (given['text-file'] !== undefined) return { kind: 'textFile', file: given['text-file'] };
  if (given['json-lines'] !== undefined) return { kind: 'jsonLines', file: given['json-lines'] };
  throw new Failure('cli.oneOf', { option: '--text', other: '--text-file, --json-lines' });
}
