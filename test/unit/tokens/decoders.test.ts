import assert from 'node:assert/strict';
import type { DecoderFile } from '../../../src/tokens/tokenizerFile';
import { tokenizerOf } from './tokenizerFiles';

/** Text and spans that a decoder makes of tokens. */
function decode(
  decoder: DecoderFile | null,
  tokens: readonly string[],
  config: string | null = null,
): readonly [string, string] {
  const vocab = Object.fromEntries([
    ['<unk>', 0],
    ...tokens.map((token, index) => [token, index + 1] as const),
  ]);
  const tokenizer = tokenizerOf(
    { decoder, model: { type: 'WordLevel', vocab, unk_token: '<unk>' } },
    config,
  );
  const { text, spans } = tokenizer.decode(tokens.map((token) => tokenizer.idOf(token) ?? 0));
  return [text, spans.map((span) => span?.join('-') ?? 'none').join(' ')];
}

describe('decoding', () => {
  const metaspace = { type: 'Metaspace', replacement: '▁' } as const;
  const cases: readonly (readonly [DecoderFile | null, readonly string[], string, string])[] = [
    [null, ['a', 'b'], 'a b', '0-1 2-3'],
    [metaspace, ['▁Hey', '▁you', '▁', '!'], 'Hey you !', '0-3 4-7 7-8 8-9'],
    [{ ...metaspace, prepend_scheme: 'never' }, ['▁Hey', '▁you'], ' Hey you', '1-4 5-8'],
    [{ type: 'ByteLevel' }, ['Ġit', 'Ã©', 'Ã', '¨x'], ' itéèx', '1-3 3-4 4-5 4-6'],
    [{ type: 'ByteLevel' }, ['<中>', 'a'], '<中>a', '0-3 3-4'],
    [
      { type: 'ByteFallback' },
      ['a', '<0xE5>', '<0x8f>', '<0xAB>', 'b'],
      'a叫b',
      '0-1 1-2 1-2 1-2 2-3',
    ],
    [{ type: 'Fuse' }, ['a', 'b'], 'ab', '0-1 1-2'],
    [{ type: 'Strip', content: 'H', start: 1, stop: 0 }, ['HHe', 'H'], 'He', '0-2 none'],
    [{ type: 'Strip', content: 'y', start: 0, stop: 1 }, ['Hey', 'yy'], 'Hey', '0-2 2-3'],
    [
      { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
      ['▁a', 'b▁c'],
      ' ab c',
      '1-2 2-5',
    ],
    [
      { type: 'Replace', pattern: { Regex: 'x+' }, content: '' },
      ['axx', 'xx', 'b'],
      'ab',
      '0-1 none 1-2',
    ],
    [
      { type: 'WordPiece', prefix: '##', cleanup: true },
      ['he', '##y', ',', 'you'],
      'hey, you',
      '0-2 2-3 3-4 5-8',
    ],
    [{ type: 'WordPiece', prefix: '##', cleanup: false }, ['hey', ','], 'hey ,', '0-3 4-5'],
    [{ type: 'BPEDecoder', suffix: '</w>' }, ['he', 'y</w>', 'you</w>'], 'hey you', '0-2 2-3 4-7'],
    [
      { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: true },
      ['<pad>', 'h', 'i', '|', 'u'],
      'hi u',
      'none 0-1 1-2 2-3 3-4',
    ],
    [
      {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
      ['▁Hey', '▁', '<0xC3>', '<0xA9>'],
      'Hey é',
      '0-3 3-4 4-5 4-5',
    ],
  ];
  for (const [decoder, tokens, text, spans] of cases)
    it(`${JSON.stringify(decoder)} on ${tokens.join(' ')}`, () => {
      assert.deepEqual(decode(decoder, tokens), [text, spans]);
    });

  it('leaves out halves of a character, never U+FFFD for them', () => {
    assert.deepEqual(decode({ type: 'ByteFallback' }, ['<0xE5>', '<0x8F>', 'a']), [
      'a',
      'none none 0-1',
    ]);
    assert.deepEqual(decode({ type: 'ByteLevel' }, ['Ã', 'a', '©']), ['a', 'none 0-1 none']);
    // A surrogate, an overlong form, beyond Unicode.
    for (const bytes of [
      ['<0xED>', '<0xA0>', '<0x80>'],
      ['<0xC0>', '<0xAF>'],
      ['<0xF4>', '<0x90>', '<0x81>', '<0x82>'],
    ])
      assert.equal(decode({ type: 'ByteFallback' }, bytes)[0], '');
  });

  it('mends English as transformers does if tokenizer_config.json says so', () => {
    const decoder = { type: 'WordPiece', prefix: '##', cleanup: true } as const;
    const words = ['it', "'", 's'];
    assert.deepEqual(decode(decoder, words, '{"clean_up_tokenization_spaces":true}'), [
      "it's",
      '0-2 2-3 3-4',
    ]);
    assert.deepEqual(decode(decoder, words, '{"clean_up_tokenization_spaces":false}'), [
      "it ' s",
      '0-2 3-4 5-6',
    ]);
  });

  it('skips special tokens and ids that do not exist', () => {
    const tokenizer = tokenizerOf({ added_tokens: [{ id: 9, content: '<s>', special: true }] });
    assert.deepEqual(tokenizer.decode([9, 1, 99, 2]), {
      text: 'a b',
      spans: [null, [0, 1], null, [2, 3]],
    });
    assert.deepEqual(tokenizer.decode([]), { text: '', spans: [] });
  });
});
