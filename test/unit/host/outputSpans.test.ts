import assert from 'node:assert/strict';
import { groupsOn } from '../../../src/navigation/traceState';
import { outputSpans, placeIn, stepSpans } from '../../../src/host/output/outputSpans';
import { continued, french, translated } from './outputFixture';

describe('tokens of an output in its document', () => {
  it('stand on their own characters, and their steps one further on', () => {
    const spans = outputSpans(french, french.output);
    assert.deepEqual(spans, [null, [0, 2], [3, 7], null]);
    const steps = stepSpans(groupsOn(french, 'target', 'token'), spans);
    // Reading the start token the model wrote “Un”; reading “chat” it wrote the end, which has no characters.
    assert.deepEqual(steps, [[0, 2], [3, 7], null, null]);
  });

  it('of a decoder begin after the text, whose last token wrote the first of them', () => {
    const spans = outputSpans(continued, continued.output);
    assert.deepEqual(spans, [null, null, null, null, null, [1, 4], [5, 9]]);
    const steps = stepSpans(groupsOn(continued, 'source', 'token'), spans);
    assert.deepEqual(steps.slice(3), [null, [1, 4], [5, 9], null]);
  });

  it('of words: what all of a word’s steps wrote', () => {
    const words = [
      { first: 0, last: 0 },
      { first: 1, last: 2 },
    ];
    assert.deepEqual(stepSpans(words, [null, [0, 2], [2, 5], [6, 9]]), [
      [0, 2],
      [2, 9],
    ]);
  });

  it('are there as far as the document has grown, and only where it says the same', () => {
    assert.deepEqual(outputSpans(french, 'Un c'), [null, [0, 2], null, null]);
    assert.deepEqual(outputSpans(french, ''), [null, null, null, null]);
    assert.deepEqual(outputSpans(french, 'Un chien dort'), [null, [0, 2], null, null]);
    assert.deepEqual(outputSpans(french, 'Un chat et un chien'), outputSpans(french, 'Un chat'));
  });

  it('count UTF-16 units of emoji and Chinese', () => {
    const output = '猫🐱，好';
    const snapshot = translated(output, [
      ['猫', [0, 1]],
      ['🐱', [1, 3]],
      ['🐱', [1, 3]],
      ['，好', [3, 5]],
    ]);
    const spans = outputSpans(snapshot, output);
    assert.deepEqual(
      spans.map((span) => span && output.slice(...span)),
      [null, '猫', '🐱', '🐱', '，好'],
    );
  });

  it('are found however the document ends its lines', () => {
    const output = 'a\r\nb\rc\nd';
    for (const document of ['a\nb\nc\nd', 'a\r\nb\r\nc\r\nd']) {
      const place = placeIn(output, document);
      for (const letter of 'abcd') {
        const at = output.indexOf(letter);
        const span = place([at, at + 1]);
        assert.equal(span && document.slice(...span), letter);
      }
    }
  });
});
