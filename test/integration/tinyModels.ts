// Tiny models of other kinds, with tokenizers that spell: small enough to see through.
import { cp, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { root } from './headlight';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
/** Entries that the vocabulary of each model has. */
const VOCABULARY = 97;

/** A folder with a model of the fixtures, and what its tokenizer is read from. */
async function folderOf(model: string, tokenizer: Readonly<Record<string, string>>) {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'headlight-model-')), model);
  await cp(path.join(root, 'test', 'fixtures', 'reference', model), folder, { recursive: true });
  for (const [file, content] of Object.entries(tokenizer))
    await writeFile(path.join(folder, file), content);
  return folder;
}

/** An encoder for masked tokens. Every word but “the” is spelled: `cat` is `c ##a ##t`. */
export function tinyBert(): Promise<string> {
  const own = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'the', '?', '.'];
  const pieces = [...own, ...LETTERS, ...LETTERS.map((letter) => `##${letter}`)];
  const unused = Array.from({ length: VOCABULARY - pieces.length }, (_, i) => `[unused${i}]`);
  return folderOf('bert', {
    'vocab.txt': `${[...pieces, ...unused].join('\n')}\n`,
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'BertTokenizer' }),
  });
}

/** A decoder. Every character is a token; spaces belong to what follows them. */
export function tinyGpt2(): Promise<string> {
  const printable = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
  const pieces = [...printable, 'Ġ', 'Ċ', '<|endoftext|>'];
  return folderOf('gpt2', {
    'vocab.json': JSON.stringify(Object.fromEntries(pieces.map((piece, id) => [piece, id]))),
    'merges.txt': '#version: 0.2\n',
    'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'GPT2Tokenizer' }),
  });
}

/** Reads what is inspected with the model of a folder from now on; null: with the built-in one. */
export const readWith = (folder: string | null): Thenable<void> =>
  vscode.workspace
    .getConfiguration('headlight')
    .update('defaultModel', folder ?? undefined, vscode.ConfigurationTarget.Global);
