import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../src/failure/failure';
import { Tokenizer } from '../../../src/tokens/tokenizer';
import { readTokenizerFiles } from '../../../src/tokens/tokenizerFiles';
import { MemoryFolder } from '../../unit/checkpoint/memoryFolder';
import type { Dice } from './fuzz/dice';
import { fuzz, type FuzzCase } from './fuzz/fuzzRun';
import { mutateBytes } from './fuzz/mutateBytes';
import { mutateJson } from './fuzz/mutateJson';

const ROOT = 'test/fixtures/tokenizers';
/** Longest vocabulary of a base: a case is to take milliseconds. */
const KEPT = 120;

interface Model {
  readonly type?: string;
  vocab: unknown;
  merges?: unknown[];
}

const kept = (vocab: unknown): unknown =>
  Array.isArray(vocab)
    ? vocab.slice(0, KEPT)
    : Object.fromEntries(Object.entries(Object(vocab)).slice(0, KEPT));

/** The repository's tokenizers, cut down to a short vocabulary. */
const FILES = readdirSync(ROOT).map((name) => {
  const file = JSON.parse(readFileSync(path.join(ROOT, name, 'tokenizer.json'), 'utf8')) as {
    model: Model;
  };
  const { model } = file;
  model.vocab = kept(model.vocab);
  if (model.merges) {
    const words = new Set(Object.keys(Object(model.vocab)));
    model.merges = model.merges.filter((merge) => {
      const [left, right] = Array.isArray(merge) ? merge : String(merge).split(' ');
      return [left, right, `${left}${right}`].every((piece) => words.has(piece));
    });
  }
  return { json: JSON.stringify(file), model };
});

const CONFIG = JSON.stringify({
  add_prefix_space: false,
  bos_token: { __type: 'AddedToken', content: '<s>', lstrip: false, special: true },
  clean_up_tokenization_spaces: true,
  do_lower_case: true,
  eos_token: '</s>',
  mask_token: '[MASK]',
  model_max_length: 512,
  pad_token: '[PAD]',
  padding_side: 'left',
  strip_accents: null,
  tokenize_chinese_chars: true,
  unk_token: '[UNK]',
  added_tokens_decoder: { 0: { content: '[PAD]', special: true } },
});

const pieces = (model: Model): string[] => Object.keys(Object(model.vocab));
const find = (type: string): Model => FILES.find(({ model }) => model.type === type)!.model;
const VOCAB_TXT = pieces(find('WordPiece')).join('\n');
const BYTE_LEVEL = find('BPE');
const MERGES_TXT = `#version: 0.2\n${(BYTE_LEVEL.merges ?? [])
  .map((merge) => (Array.isArray(merge) ? merge.join(' ') : String(merge)))
  .join('\n')}\n`;

const TEXTS = ['', 'The animal didn’t cross.', ' 👩‍🚀 ½ Ǆ\r\n[MASK] </s> 中文'];

/** The files of a folder, correct ones. */
function base(dice: Dice): Record<string, string> {
  const kind = dice.below(4);
  if (kind === 0) return { 'vocab.txt': VOCAB_TXT, 'tokenizer_config.json': CONFIG };
  if (kind === 1) {
    return {
      'vocab.json': JSON.stringify(BYTE_LEVEL.vocab),
      'merges.txt': MERGES_TXT,
      'tokenizer_config.json': CONFIG,
      'special_tokens_map.json': '{"bos_token":"<s>","additional_special_tokens":["<x>"]}',
      'added_tokens.json': '{"<y>":500}',
      'config.json': '{"model_type":"gpt2"}',
    };
  }
  const { json } = dice.pick(FILES);
  return dice.percent(50)
    ? { 'tokenizer.json': json }
    : { 'tokenizer.json': json, 'tokenizer_config.json': CONFIG };
}

function caseOf(dice: Dice): FuzzCase {
  const files: Record<string, Uint8Array | string> = base(dice);
  const name = dice.percent(80) ? Object.keys(files)[0]! : dice.pick(Object.keys(files));
  const text = String(files[name]);
  const written = name.endsWith('.json') && dice.percent(85) ? mutateJson(dice, text) : text;
  const isBytes = written === text || dice.percent(10);
  files[name] = isBytes ? mutateBytes(dice, Buffer.from(written)) : written;
  const folder = new MemoryFolder(files);
  const read = async (): Promise<void> =>
    use(Tokenizer.fromFiles(await readTokenizerFiles(folder)));
  return { input: { name, content: Buffer.from(files[name]).toString('latin1') }, read };
}

/** A tokenizer that was loaded must serve: text to ids with spans that lie in the text, and back. */
function use(tokenizer: Tokenizer): void {
  for (const text of TEXTS) {
    const { ids, spans } = tokenizer.encode(text, { special: true });
    assert.equal(ids.length, spans.length);
    for (const span of spans)
      if (span) assert.ok(0 <= span[0] && span[0] <= span[1] && span[1] <= text.length);
    tokenizer.decode(ids);
  }
}

describe('damaged tokenizer files', function () {
  this.timeout(0); // each case has a limit of its own
  it('load and serve, or are refused', () => fuzz('tokenizer files', 0.15, caseOf));

  // Found by a run of 15,000 (seed 4815): compiled only when the first text came.
  for (const part of [
    { decoder: { type: 'Metaspace', replacement: 'x'.repeat(100_000) } },
    { decoder: { type: 'BPEDecoder', suffix: 'x'.repeat(100_000) } },
    { pre_tokenizer: { type: 'CharDelimiterSplit', delimiter: 'x'.repeat(100_000) } },
    {
      normalizer: { type: 'Replace', pattern: { Regex: 'x'.repeat(100_000) }, content: '' },
    },
  ]) {
    const [place, { type }] = Object.entries(part)[0]!;
    it(`a ${place} ${type} with an endless pattern is refused while it is read`, () => {
      const tokenizerJson = JSON.stringify({ ...JSON.parse(FILES[0]!.json), ...part });
      const files = { folder: 'memory', tokenizerJson, tokenizerConfigJson: null };
      assert.throws(
        () => Tokenizer.fromFiles(files),
        (error) => error instanceof Failure && error.code === 'tokenizer.invalid',
      );
    });
  }
});
