import assert from 'node:assert/strict';
import { modelOf } from '../../../src/tokens/models';
import type { ModelFile } from '../../../src/tokens/tokenizerFile';

const bpe = {
  type: 'BPE',
  vocab: { '<unk>': 0, a: 1, b: 2, ab: 3, '<0xC3>': 4, '<0xA9>': 5 },
  merges: ['a b'],
  unk_token: '<unk>',
  fuse_unk: false,
  byte_fallback: false,
  ignore_merges: false,
} as const;
const unigram = {
  type: 'Unigram',
  vocab: [
    ['<unk>', 0],
    ['a', -1],
    ['b', -1],
    ['ab', -1.5],
    ['<0xC3>', -9],
    ['<0xA9>', -9],
  ] as [string, number][],
  unk_id: 0,
  byte_fallback: false,
} as const;
const wordPiece = {
  type: 'WordPiece',
  vocab: { '[UNK]': 0, a: 1, '##b': 2 },
  unk_token: '[UNK]',
  continuing_subword_prefix: '##',
  max_input_chars_per_word: 4,
} as const;

describe('modelOf', () => {
  const cases: readonly (readonly [why: string, file: ModelFile, text: string, pieces: string])[] =
    [
      ['BPE merges', { ...bpe, merges: ['a b'] }, 'aba', 'ab@0-2 a@2-3'],
      ['BPE, merges as pairs', { ...bpe, merges: [['a', 'b']] }, 'ab', 'ab@0-2'],
      ['BPE, unknown each by itself', { ...bpe, merges: [] }, 'a😀é', 'a@0-1 <unk>@1-3 <unk>@3-4'],
      [
        'BPE, unknown fused',
        { ...bpe, merges: [], fuse_unk: true },
        '😀éa😀',
        '<unk>@0-3 a@3-4 <unk>@4-6',
      ],
      [
        'BPE, bytes',
        { ...bpe, merges: [], byte_fallback: true },
        'aéb',
        'a@0-1 <0xC3>@1-2 <0xA9>@1-2 b@2-3',
      ],
      [
        'BPE, a byte is missing',
        { ...bpe, merges: [], byte_fallback: true },
        '😀a',
        '<unk>@0-2 a@2-3',
      ],
      [
        'BPE without unknown token leaves a gap',
        { ...bpe, merges: [], unk_token: null },
        'aéb',
        'a@0-1 b@2-3',
      ],
      ['BPE, the whole word at once', { ...bpe, merges: [], ignore_merges: true }, 'ab', 'ab@0-2'],
      [
        'BPE, an end of word',
        {
          ...bpe,
          vocab: { ...bpe.vocab, 'b</w>': 6, 'ab</w>': 7 },
          merges: ['a b</w>'],
          end_of_word_suffix: '</w>',
        },
        'aab',
        'a@0-1 ab</w>@1-3',
      ],
      ['Unigram, the likeliest', unigram, 'aba', 'ab@0-2 a@2-3'],
      ['Unigram, unknown fused and spelled as the text', unigram, 'a😀éa', 'a@0-1 😀é@1-4 a@4-5'],
      ['Unigram, bytes', { ...unigram, byte_fallback: true }, 'éa', '<0xC3>@0-1 <0xA9>@0-1 a@1-2'],
      ['WordPiece', wordPiece, 'abb', 'a@0-1 ##b@1-2 ##b@2-3'],
      ['WordPiece, unknown', wordPiece, 'ax', '[UNK]@0-2'],
      ['WordPiece, too long', wordPiece, 'abbbb', '[UNK]@0-5'],
      [
        'WordLevel',
        { type: 'WordLevel', vocab: { '<unk>': 0, ab: 1 }, unk_token: '<unk>' },
        'ab',
        'ab@0-2',
      ],
      [
        'WordLevel, unknown',
        { type: 'WordLevel', vocab: { '<unk>': 0 }, unk_token: '<unk>' },
        '😀',
        '<unk>@0-2',
      ],
    ];
  for (const [why, file, text, pieces] of cases)
    it(why, () => {
      const found = modelOf(file, 'folder').tokenize(text);
      assert.equal(
        found.map(({ piece, start, end }) => `${piece}@${start}-${end}`).join(' '),
        pieces,
      );
    });

  it('refuses BPE with prefixes, which the library does not know', () => {
    assert.throws(
      () => modelOf({ ...bpe, merges: [], continuing_subword_prefix: '##' }, 'folder'),
      {
        code: 'tokenizer.invalid',
      },
    );
  });
});
