import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { Tokenizer } from '../../../src/tokens/tokenizer';
import { fileOf, tokenizerOf } from './tokenizerFiles';

const spaceSplit = { type: 'WhitespaceSplit' };

describe('Tokenizer', () => {
  it('knows its vocabulary, added tokens included', () => {
    const tokenizer = tokenizerOf({ added_tokens: [{ id: 7, content: '<x>', special: true }] });
    assert.equal(tokenizer.size, 8);
    assert.equal(tokenizer.idOf('<x>'), 7);
    assert.equal(tokenizer.idOf('nothing'), undefined);
    assert.equal(tokenizer.pieceOf(2), 'b');
    assert.equal(tokenizer.pieceOf(5), '');
    assert.deepEqual([tokenizer.isSpecial(7), tokenizer.isSpecial(1)], [true, false]);
  });

  it('keeps words that JavaScript uses for itself', () => {
    const model = fileOf({ pre_tokenizer: spaceSplit }).replace(
      '"a":1',
      '"constructor":1,"__proto__":3',
    );
    const tokenizer = Tokenizer.fromFiles({
      folder: 'folder',
      tokenizerJson: model,
      tokenizerConfigJson: null,
    });
    assert.deepEqual(
      tokenizer.encode('constructor __proto__ toString', { special: true }).ids,
      [1, 3, 0],
    );
  });

  it('puts the template around a text, and nothing without special tokens', () => {
    const tokenizer = tokenizerOf({
      pre_tokenizer: spaceSplit,
      post_processor: {
        type: 'Sequence',
        processors: [
          { type: 'ByteLevel' },
          { type: 'RobertaProcessing', cls: ['<s>', 4], sep: ['</s>', 5] },
        ],
      },
    });
    const { ids, spans, special, words } = tokenizer.encode('a b', { special: true });
    assert.deepEqual(ids, [4, 1, 2, 5]);
    assert.deepEqual(spans, [null, [0, 1], [2, 3], null]);
    assert.deepEqual(special, [true, false, false, true]);
    assert.deepEqual(words, [null, 0, 1, null]);
    assert.deepEqual(tokenizer.encode('a b', { special: false }).ids, [1, 2]);
  });

  it('does not count an unknown token as special: text stands for it', () => {
    const added_tokens = [{ id: 0, content: '<unk>', special: true }];
    const tokenizer = tokenizerOf({ pre_tokenizer: spaceSplit, added_tokens });
    const { ids, special, words } = tokenizer.encode('x <unk>', { special: true });
    assert.deepEqual(
      [ids, special, words],
      [
        [0, 0],
        [false, true],
        [0, null],
      ],
    );
  });

  it('takes half a character for U+FFFD and keeps counting', () => {
    const tokenizer = tokenizerOf({ pre_tokenizer: spaceSplit });
    assert.deepEqual(tokenizer.encode('a \ud800 b', { special: true }).spans, [
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
  });

  describe('added tokens in the text', () => {
    const withToken = (token: object): Tokenizer =>
      tokenizerOf({
        pre_tokenizer: spaceSplit,
        added_tokens: [{ id: 7, content: '<x>', special: true, ...token }],
      });
    const found = (tokenizer: Tokenizer, text: string): unknown => {
      const { ids, spans } = tokenizer.encode(text, { special: false });
      return ids.map((id, index) => [id, spans[index]]);
    };

    it('have their span, without the white space they swallow', () => {
      assert.deepEqual(found(withToken({}), 'a<x>b'), [
        [1, [0, 1]],
        [7, [1, 4]],
        [2, [4, 5]],
      ]);
      assert.deepEqual(found(withToken({ lstrip: true, rstrip: true }), 'a  <x> b'), [
        [1, [0, 1]],
        [7, [3, 6]],
        [2, [7, 8]],
      ]);
    });

    it('stand alone if they must', () => {
      const tokenizer = withToken({ content: 'b', single_word: true });
      assert.deepEqual(found(tokenizer, 'ab b, 𝑎b'), [
        [0, [0, 2]],
        [7, [3, 4]],
        [0, [4, 5]],
        [0, [6, 9]],
      ]);
    });

    it('are the longest that fits', () => {
      const tokenizer = tokenizerOf({
        added_tokens: [
          { id: 7, content: '<x', special: true },
          { id: 8, content: '<x>', special: true },
        ],
      });
      assert.deepEqual(found(tokenizer, '<x><x'), [
        [8, [0, 3]],
        [7, [3, 5]],
      ]);
    });

    it('are looked for in the normalised text if they say so', () => {
      const tokenizer = tokenizerOf({
        normalizer: { type: 'Lowercase' },
        added_tokens: [
          { id: 7, content: 'Up', normalized: true, special: false },
          { id: 8, content: 'Raw', normalized: false, special: false },
        ],
      });
      assert.deepEqual(found(tokenizer, 'upUP'), [
        [7, [0, 2]],
        [7, [2, 4]],
      ]);
      assert.deepEqual(found(tokenizer, 'Rawraw'), [
        [8, [0, 3]],
        [0, [3, 6]],
      ]);
    });
  });

  describe('refuses', () => {
    const model = { type: 'WordLevel', vocab: { a: 1 }, unk_token: '<unk>' };
    const broken: readonly (readonly [
      why: string,
      file: string,
      config: string | null,
      reason: RegExp,
    ])[] = [
      ['what is not JSON', '{', null, /tokenizer.json is not JSON/],
      ['what is no object', '[]', null, /not a JSON object/],
      ['a file without a model', '{}', null, /model/],
      [
        'an unknown normaliser',
        fileOf({ normalizer: { type: 'Fancy' } }),
        null,
        /normalizer\.type.*Fancy/,
      ],
      [
        'one deep inside',
        fileOf({ normalizer: { type: 'Sequence', normalizers: [{ type: 'Fancy' }] } }),
        null,
        /normalizers\.0\.type/,
      ],
      [
        'an unknown pre-tokenizer',
        fileOf({ pre_tokenizer: { type: 'Fancy' } }),
        null,
        /pre_tokenizer\.type/,
      ],
      [
        'a vocabulary of words',
        fileOf({ model: { ...model, vocab: { a: 'x' } } }),
        null,
        /vocabulary/,
      ],
      [
        'an id beyond all bounds',
        fileOf({ model: { ...model, vocab: { a: 2 ** 31 } } }),
        null,
        /vocabulary/,
      ],
      ['a missing unknown token', fileOf({ model }), null, /<unk> is not in its vocabulary/],
      [
        'a Unigram model without one',
        fileOf({ model: { type: 'Unigram', vocab: [['a', -1]], unk_id: null } }),
        null,
        /no unknown token/,
      ],
      [
        'an empty Unigram model',
        fileOf({ model: { type: 'Unigram', vocab: [], unk_id: 0 } }),
        null,
        /no unknown token/,
      ],
      [
        'a template that names what it does not define',
        fileOf({
          post_processor: {
            type: 'TemplateProcessing',
            single: [{ SpecialToken: { id: '[A]' } }, { Sequence: { id: 'A' } }],
            special_tokens: {},
          },
        }),
        null,
        /\[A\]/,
      ],
      [
        'a template without the text',
        fileOf({ post_processor: { type: 'TemplateProcessing', single: [], special_tokens: {} } }),
        null,
        /exactly once/,
      ],
      ['a damaged tokenizer_config.json', fileOf({}), '{"a"', /tokenizer_config.json is not JSON/],
    ];
    for (const [why, tokenizerJson, tokenizerConfigJson, reason] of broken)
      it(why, () =>
        assert.throws(
          () => Tokenizer.fromFiles({ folder: 'some/folder', tokenizerJson, tokenizerConfigJson }),
          (error) => {
            assert.ok(error instanceof Failure);
            assert.equal(error.code, 'tokenizer.invalid');
            assert.equal(error.args['folder'], 'some/folder');
            assert.match(String(error.args['reason']), reason);
            return true;
          },
        ),
      );
  });
});
