import assert from 'node:assert/strict';
import { tokenizerOf } from './tokenizerFiles';

const spaceSplit = { type: 'WhitespaceSplit' };
const ends = { cls: ['<s>', 4], sep: ['</s>', 5] };
const bos = { SpecialToken: { id: '<s>', type_id: 0 } };
const text = (id: 'A' | 'B', type_id: number): object => ({ Sequence: { id, type_id } });
const sep = (type_id: number): object => ({ SpecialToken: { id: '</s>', type_id } });
const special_tokens = {
  '<s>': { ids: [4], tokens: ['<s>'] },
  '</s>': { ids: [5], tokens: ['</s>'] },
};
const template = (single: readonly object[], pair?: readonly object[]): object => ({
  type: 'TemplateProcessing',
  single,
  pair,
  special_tokens,
});

/** Ids, token types and parts of “a b” with “b x”, in one line each. */
function pairOf(post_processor: object | null, special = true): readonly string[] {
  const tokenizer = tokenizerOf({ pre_tokenizer: spaceSplit, post_processor });
  const { ids, typeIds, parts } = tokenizer.encode('a b', { special, pair: 'b x' });
  return [ids.join(' '), typeIds.join(' '), parts.map((part) => part ?? '-').join(' ')];
}

describe('templates for two texts', () => {
  const cases: readonly (readonly [string, object | null, readonly string[]])[] = [
    ['none: the texts follow each other', null, ['1 2 2 0', '0 0 1 1', '0 0 1 1']],
    ['ByteLevel adds nothing', { type: 'ByteLevel' }, ['1 2 2 0', '0 0 1 1', '0 0 1 1']],
    [
      'BertProcessing: one separator between them',
      { type: 'BertProcessing', ...ends },
      ['4 1 2 5 2 0 5', '0 0 0 0 1 1 1', '- 0 0 - 1 1 -'],
    ],
    [
      'RobertaProcessing: two of them, one type',
      { type: 'RobertaProcessing', ...ends },
      ['4 1 2 5 5 2 0 5', '0 0 0 0 0 0 0 0', '- 0 0 - - 1 1 -'],
    ],
    [
      'TemplateProcessing: as it says, types too',
      template([text('A', 0)], [text('A', 0), sep(0), text('B', 1), sep(1), bos].concat(sep(2))),
      ['1 2 5 2 0 5 4 5', '0 0 0 1 1 1 0 2', '0 0 - 1 1 - - -'],
    ],
    [
      'the second text first',
      template([text('A', 0)], [text('B', 1), text('A', 0)]),
      ['2 0 1 2', '1 1 0 0', '1 1 0 0'],
    ],
    [
      'a row of processors',
      {
        type: 'Sequence',
        processors: [
          { type: 'ByteLevel' },
          template([bos, text('A', 0)], [bos, text('A', 0), bos, text('B', 1)]),
        ],
      },
      ['4 1 2 4 2 0', '0 0 0 0 1 1', '- 0 0 - 1 1'],
    ],
  ];
  for (const [why, file, expected] of cases)
    it(why, () => assert.deepEqual(pairOf(file), expected));

  it('keep the types without the special tokens', () =>
    assert.deepEqual(
      pairOf(template([text('A', 3)], [text('A', 3), sep(0), text('B', 2)]), false),
      ['1 2 2 0', '3 3 2 2', '0 0 1 1'],
    ));

  it('count spans in each text and number words on through both', () => {
    const tokenizer = tokenizerOf({
      pre_tokenizer: spaceSplit,
      post_processor: { type: 'BertProcessing', ...ends },
    });
    const { spans, words } = tokenizer.encode(' a b', { special: true, pair: 'b' });
    assert.deepEqual(spans, [null, [1, 2], [3, 4], null, [0, 1], null]);
    assert.deepEqual(words, [null, 0, 1, null, 2, null]);
    const single = tokenizer.encode('a', { special: true, pair: null });
    assert.deepEqual(
      [single.ids, single.typeIds, single.parts],
      [
        [4, 1, 5],
        [0, 0, 0],
        [null, 0, null],
      ],
    );
  });

  it('say so if there is none', () => {
    const tokenizer = tokenizerOf({ post_processor: template([bos, text('A', 0)]) });
    assert.deepEqual(tokenizer.encode('a', { special: true }).ids, [4, 1]);
    assert.throws(() => tokenizer.encode('a', { special: true, pair: 'b' }), {
      code: 'tokenizer.noPair',
    });
  });

  it('are refused if they drop a text', () => {
    const dropped = template([text('A', 0)], [text('A', 0), sep(0)]);
    assert.throws(() => tokenizerOf({ post_processor: dropped }), { code: 'tokenizer.invalid' });
  });
});
