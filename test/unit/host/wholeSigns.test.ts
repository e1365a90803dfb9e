import assert from 'node:assert/strict';
import { wholeSigns } from '../../../src/host/editor/wholeSigns';
import type { Span } from '../../../src/host/editor/trackedText';

/** A span for every code point, as byte tokens have them. */
const points = (text: string): Span[] => {
  let at = 0;
  return [...text].map((point) => [at, (at += point.length)] as const);
};
const painted = (text: string): string[] => [
  ...new Set(wholeSigns(text, points(text)).map((span) => span?.join('-') ?? '')),
];

describe('wholeSigns', () => {
  it('paints a family of joined emoji as one, and what stands around it by itself', () => {
    assert.deepEqual(painted('a👨‍👩‍👧b'), ['0-1', '1-9', '9-10']);
  });

  it('paints skin tones, variation selectors and accents with what they belong to', () => {
    assert.deepEqual(painted('👍🏽❤\ufe0fe\u0301.'), ['0-4', '4-6', '6-8', '8-9']);
  });

  it('paints flags in pairs of letters', () => {
    assert.deepEqual(painted('🇫🇷🇩🇪x'), ['0-4', '4-8', '8-9']);
  });

  it('leaves words, neighbouring emoji, and tokens without characters', () => {
    const spans = [null, [0, 3], [3, 4], [5, 7], [7, 9], null] as const;
    assert.deepEqual(wholeSigns("The' 🐱🐶", spans), spans);
  });

  it('gives the bytes of one character the whole sign', () => {
    const bytes = [
      [0, 2],
      [0, 2],
      [2, 4],
      [2, 4],
    ] as const;
    assert.deepEqual(
      wholeSigns('👍🏽', bytes),
      bytes.map(() => [0, 4]),
    );
  });
});
