import { Tokenizer } from '../../../src/tokens/tokenizer';

/** A small tokenizer.json: a word-level model over single letters unless told otherwise. */
export function fileOf(parts: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { '<unk>': 0, a: 1, b: 2 }, unk_token: '<unk>' },
    ...parts,
  });
}

export function tokenizerOf(
  parts: Readonly<Record<string, unknown>>,
  config: string | null = null,
): Tokenizer {
  return Tokenizer.fromFiles({
    folder: 'folder',
    tokenizerJson: fileOf(parts),
    tokenizerConfigJson: config,
  });
}
