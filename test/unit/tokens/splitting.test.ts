import assert from 'node:assert/strict';
import { AlignedText } from '../../../src/tokens/alignedText';
import { preTokenizerOf } from '../../../src/tokens/preTokenizers';
import { splitText } from '../../../src/tokens/splitting';
import type { PreTokenizerFile, SplitBehavior } from '../../../src/tokens/tokenizerFile';

describe('splitText', () => {
  const cases: Record<SplitBehavior, readonly string[]> = {
    Removed: ['the', 'final', 'countdown'],
    Isolated: ['the', '-', 'final', '-', '-', 'countdown'],
    MergedWithPrevious: ['the-', 'final-', '-', 'countdown'],
    MergedWithNext: ['the', '-final', '-', '-countdown'],
    Contiguous: ['the', '-', 'final', '--', 'countdown'],
  };
  for (const [behavior, expected] of Object.entries(cases))
    it(behavior, () => {
      const pieces = splitText(
        AlignedText.of('the-final--countdown'),
        /-/g,
        behavior as SplitBehavior,
      );
      assert.deepEqual(
        pieces.map(({ text }) => text),
        expected,
      );
    });

  it('inverted, keeps the matches', () => {
    const pieces = splitText(AlignedText.of('--a-b'), /[a-z]/g, 'Removed', true);
    assert.deepEqual(
      pieces.map((piece) => [piece.text, piece.spanOf(0, 1)]),
      [
        ['a', [2, 3]],
        ['b', [4, 5]],
      ],
    );
  });
});

describe('preTokenizerOf', () => {
  const cases: readonly (readonly [PreTokenizerFile, string, readonly string[]])[] = [
    [{ type: 'WhitespaceSplit' }, ' a\u3000b\n', ['a', 'b']],
    [{ type: 'Whitespace' }, 'né_1 + x.y', ['né_1', '+', 'x', '.', 'y']],
    [{ type: 'BertPreTokenizer' }, "it's $5…", ['it', "'", 's', '$', '5', '…']],
    [{ type: 'Punctuation', behavior: 'Isolated' }, 'a...b', ['a', '.', '.', '.', 'b']],
    [{ type: 'Punctuation', behavior: 'Contiguous' }, 'a...b', ['a', '...', 'b']],
    [{ type: 'Digits', individual_digits: true }, 'a12b', ['a', '1', '2', 'b']],
    [{ type: 'Digits', individual_digits: false }, 'a12b', ['a', '12', 'b']],
    [{ type: 'CharDelimiterSplit', delimiter: '|' }, 'a|b||c', ['a', 'b', 'c']],
    [{ type: 'FixedLength', length: 2 }, 'a😀bcd', ['a😀', 'bc', 'd']],
    [
      { type: 'Split', pattern: { Regex: '[\u3400-\u9fff]' }, behavior: 'Isolated', invert: false },
      'a中文b',
      ['a', '中', '文', 'b'],
    ],
    [
      { type: 'Split', pattern: { String: '.' }, behavior: 'MergedWithPrevious', invert: false },
      'a.b',
      ['a.', 'b'],
    ],
    [
      { type: 'ByteLevel', add_prefix_space: true, use_regex: true },
      "it's é",
      ['Ġit', "'s", 'ĠÃ©'],
    ],
    [{ type: 'ByteLevel', add_prefix_space: false, use_regex: false }, 'a b', ['aĠb']],
    [
      { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
      'a  b',
      ['▁a', '▁', '▁b'],
    ],
    [
      { type: 'Metaspace', replacement: '▁', prepend_scheme: 'never', split: false },
      'a b',
      ['a▁b'],
    ],
    [
      { type: 'Metaspace', replacement: '▁', add_prefix_space: false, split: true },
      'a b',
      ['a', '▁b'],
    ],
    [
      {
        type: 'Sequence',
        pretokenizers: [
          { type: 'WhitespaceSplit' },
          { type: 'Metaspace', replacement: '▁', split: true },
        ],
      },
      'a b',
      ['▁a', '▁b'],
    ],
  ];
  for (const [file, text, expected] of cases)
    it(`${JSON.stringify(file)} on ${JSON.stringify(text)}`, () => {
      const pieces = preTokenizerOf(file, 'folder')(AlignedText.of(text));
      assert.deepEqual(
        pieces.map((piece) => piece.text),
        expected,
      );
    });

  it('Metaspace “first” marks only what begins the whole text', () => {
    const file: PreTokenizerFile = {
      type: 'Metaspace',
      replacement: '▁',
      prepend_scheme: 'first',
      split: true,
    };
    const text = AlignedText.of('ab');
    assert.equal(preTokenizerOf(file, 'folder')(text.slice(0, 1))[0]?.text, '▁a');
    assert.equal(preTokenizerOf(file, 'folder')(text.slice(1, 2))[0]?.text, 'b');
  });

  it('refuses a regular expression that it does not understand', () => {
    assert.throws(
      () =>
        preTokenizerOf(
          { type: 'Split', pattern: { Regex: '(a' }, behavior: 'Isolated', invert: false },
          'folder',
        ),
      { code: 'tokenizer.invalid' },
    );
  });
});
