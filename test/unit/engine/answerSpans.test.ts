import assert from 'node:assert/strict';
import { answerSpans } from '../../../src/engine/answerSpans';
import type { Token } from '../../../src/protocol/trace';
import { planWith, specialToken, tokenOf } from '../../support/traceParts';

const CONTEXT = 'a cat sat';
/** [CLS] who [SEP] a cat sat [SEP] */
const PAIR = [
  specialToken('[CLS]', 2),
  tokenOf('who', { span: [0, 3], part: 0 }),
  specialToken('[SEP]', 3),
  tokenOf('a', { span: [0, 1], part: 1 }),
  tokenOf('cat', { span: [2, 5], part: 1 }),
  tokenOf('sat', { span: [6, 9], part: 1 }),
  specialToken('[SEP]', 3),
];
const softmax = (row: readonly number[]): number[] => {
  const sum = row.reduce((total, one) => total + Math.exp(one), 0);
  return row.map((one) => Math.exp(one) / sum);
};
const spans = (
  source: readonly Token[],
  pair: string | null,
  starts: readonly number[],
  ends: readonly number[],
) =>
  answerSpans(
    planWith({ text: pair === null ? CONTEXT : 'who', pair, source: [...source] }),
    Float32Array.from(starts.flatMap((start, i) => [start, ends[i]!])),
  );

describe('spans that answer a question', () => {
  it('lie in the second text, likeliest first, as products of both probabilities', () => {
    const starts = [9, 8, 1, 2, 3, 0, 5];
    const ends = [9, 8, 1, 0, 2, 3, 7];
    const result = spans(PAIR, CONTEXT, starts, ends);
    const [from, to] = [softmax(starts), softmax(ends)];
    for (const [i, one] of from.entries()) assert.ok(Math.abs(result.starts[i]! - one) < 1e-7);
    for (const [i, one] of to.entries()) assert.ok(Math.abs(result.ends[i]! - one) < 1e-7);
    const all = [3, 4, 5].flatMap((first) =>
      [3, 4, 5].flatMap((last) =>
        last < first ? [] : [{ first, last, probability: from[first]! * to[last]! }],
      ),
    );
    const wanted = all.sort((a, b) => b.probability - a.probability).slice(0, 5);
    assert.deepEqual(
      result.answers.map(({ first, last }) => [first, last]),
      wanted.map(({ first, last }) => [first, last]),
    );
    assert.deepEqual(result.answers[0], {
      ...result.answers[0],
      first: 4,
      last: 5,
      text: 'cat sat',
    });
    for (const [i, { probability }] of result.answers.entries())
      assert.ok(Math.abs(probability - wanted[i]!.probability) < 1e-7);
  });

  it('of a single text: all of it', () => {
    const source = [
      PAIR[0]!,
      ...PAIR.slice(3).map((token) => ({ ...token, part: token.part && 0 })),
    ];
    const { answers } = spans(source, null, [9, 0, 0, 5, 0], [9, 0, 0, 5, 0]);
    assert.deepEqual([answers[0]!.first, answers[0]!.last, answers[0]!.text], [3, 3, 'sat']);
    assert.equal(answers.length, 5);
  });

  it('end at most 29 tokens after they begin', () => {
    const text = 'x'.repeat(40);
    const source = Array.from({ length: 40 }, (_, i) =>
      tokenOf('x', { span: [i, i + 1], part: 0 }),
    );
    const at = (place: number): number[] => source.map((_, i) => (i === place ? 20 : 0));
    const longest = (end: number): number => {
      const plan = planWith({ text, source });
      const logits = Float32Array.from(source.flatMap((_, i) => [at(0)[i]!, at(end)[i]!]));
      return answerSpans(plan, logits).answers[0]!.last;
    };
    assert.equal(longest(29), 29);
    assert.notEqual(longest(30), 30);
  });

  it('are none without a passage', () => {
    const zeros = [0, 0];
    assert.deepEqual(spans([PAIR[0]!, PAIR[2]!], null, zeros, zeros).answers, []);
  });
});
