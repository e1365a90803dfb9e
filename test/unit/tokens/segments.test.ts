import assert from 'node:assert/strict';
import { segmentsOf } from '../../../src/tokens/segments';

const texts = [
  'It was 3.14 €, e\u0301te\u0301 – “don’t”\r\nstop! 👩‍👩‍👧‍👦🇫🇷🇨🇳 a.b:c 1,234 ',
  '因为它太慢了，所以没有过马路。日本語の文章です。ฉันไม่รู้ ',
  'שלום "עולם" x_y ',
  '🇫🇷🇨🇳',
  'e\u0301\u0302',
  'x',
];

describe('segmentsOf', () => {
  for (const granularity of ['word', 'grapheme'] as const) {
    const segmenter = new Intl.Segmenter('en', { granularity });
    for (const text of texts)
      it(`cuts a long text as in one go: ${granularity}, ${text.trim()}`, () => {
        const long = text.repeat(Math.ceil(9_000 / text.length));
        const cuts = (segments: Iterable<{ index: number; segment: string }>): string =>
          Array.from(segments, ({ index, segment }) => `${index} ${segment}`).join('|');
        assert.ok(cuts(segmentsOf(long, segmenter)) === cuts(segmenter.segment(long)));
      }).timeout(20_000);
  }

  it('finds nothing in nothing', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
    assert.deepEqual([...segmentsOf('', segmenter)], []);
  });
});
