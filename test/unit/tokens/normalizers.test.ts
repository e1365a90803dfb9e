import assert from 'node:assert/strict';
import { AlignedText } from '../../../src/tokens/alignedText';
import { normalizerOf } from '../../../src/tokens/normalizers';
import type { NormalizerFile } from '../../../src/tokens/tokenizerFile';

describe('normalizerOf', () => {
  const bert = { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true } as const;
  const cases: readonly (readonly [
    file: NormalizerFile,
    text: string,
    changed: string,
    spans: string,
  ])[] = [
    [{ type: 'NFC' }, 'xe\u0301y', 'xéy', '0-1 1-2 3-4'],
    [{ type: 'NFC' }, 'a\u0301\u0327', 'á\u0327', '0-1 2-3'],
    [{ type: 'NFC' }, '\u1112\u1161\u11ab', '한', '0-1'],
    [{ type: 'NFD' }, 'éx', 'e\u0301x', '0-1 0-1 1-2'],
    [{ type: 'NFKC' }, 'ﬁ①', 'fi1', '0-1 0-1 1-2'],
    [{ type: 'NFKC' }, 'ｶﾞ', 'ガ', '0-1'],
    [{ type: 'NFKD' }, '½', '1⁄2', '0-1 0-1 0-1'],
    [{ type: 'Lowercase' }, 'ΑΣ', 'ασ', '0-1 1-2'],
    [{ type: 'Lowercase' }, 'İ', 'i\u0307', '0-1 0-1'],
    [{ type: 'Strip', strip_left: true, strip_right: true }, ' \ta b\n', 'a b', '2-3 3-4 4-5'],
    [{ type: 'Strip', strip_left: false, strip_right: true }, ' a ', ' a', '0-1 1-2'],
    [{ type: 'Strip', strip_left: true, strip_right: true }, '  ', '', ''],
    [{ type: 'StripAccents' }, 'e\u0301a', 'ea', '0-1 2-3'],
    [{ type: 'Nmt' }, 'a\u0001\tb', 'a b', '0-1 2-3 3-4'],
    [{ type: 'ByteLevel' }, 'é', 'Ã©', '0-1 0-1'],
    [{ type: 'Prepend', prepend: '▁' }, 'a', '▁a', '0-1 0-1'],
    [{ type: 'Replace', pattern: { String: '``' }, content: '"' }, 'a``b', 'a"b', '0-1 2-3 3-4'],
    [{ ...bert, strip_accents: true, lowercase: true }, 'É', 'e', '0-1'],
    [{ ...bert, strip_accents: null, lowercase: true }, 'É', 'e', '0-1'],
    [{ ...bert, strip_accents: null, lowercase: false }, 'É', 'É', '0-1'],
    [
      { ...bert, strip_accents: false, lowercase: false },
      'a\u200bb\n\ufffd中',
      'ab  中 ',
      '0-1 2-3 3-4 5-6 5-6 5-6',
    ],
    // Beyond the basic plane the JavaScript library sees halves of a character.
    [{ ...bert, lowercase: false }, '𠀀', ' 𠀀 ', '0-2 0-2 0-2 0-2'],
    [
      {
        type: 'Sequence',
        normalizers: [{ type: 'NFD' }, { type: 'StripAccents' }, { type: 'Lowercase' }],
      },
      'ÉA',
      'ea',
      '0-1 1-2',
    ],
  ];
  for (const [file, text, changed, spans] of cases)
    it(`${JSON.stringify(file)} on ${JSON.stringify(text)}`, () => {
      const result = normalizerOf(file, 'folder')(AlignedText.of(text));
      assert.equal(result.text, changed);
      const found = Array.from({ length: result.text.length }, (_, at) =>
        result.spanOf(at, at + 1).join('-'),
      );
      assert.equal(found.join(' '), spans);
    });

  it('refuses a damaged character map', () => {
    assert.throws(
      () => normalizerOf({ type: 'Precompiled', precompiled_charsmap: '!' }, 'folder'),
      {
        code: 'tokenizer.invalid',
      },
    );
  });
});
