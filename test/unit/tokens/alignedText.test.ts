import assert from 'node:assert/strict';
import { AlignedText } from '../../../src/tokens/alignedText';

/** The characters each unit stands for. */
const spansOf = (text: AlignedText): string =>
  Array.from({ length: text.text.length }, (_, unit) => text.spanOf(unit, unit + 1).join('-')).join(
    ' ',
  );

describe('AlignedText', () => {
  it('stands for itself; both halves of a character stand for all of it', () => {
    assert.equal(spansOf(AlignedText.of('a😀b')), '0-1 1-3 1-3 3-4');
  });

  it('keeps counting in the whole text after a cut', () => {
    const cut = AlignedText.of('abcdef').slice(2, 5);
    assert.equal(cut.text, 'cde');
    assert.deepEqual(cut.spanOf(1, 3), [3, 5]);
  });

  it('transforms: replaced, put in, dropped', () => {
    const changed = AlignedText.of('abcd').transform(
      [
        ['X', 0],
        ['Y', 1],
        ['Z', -1],
      ],
      1,
    );
    assert.equal(changed.text, 'XYZ');
    assert.equal(spansOf(changed), '1-2 1-2 2-3');
  });

  it('filters and maps', () => {
    assert.equal(spansOf(AlignedText.of('a-b-').filter((letter) => letter !== '-')), '0-1 2-3');
    const spread = AlignedText.of('ab').each((letter) =>
      letter === 'b' ? [' ', 'b', ' '] : [letter],
    );
    assert.equal(spread.text, 'a b ');
    assert.equal(spansOf(spread), '0-1 1-2 1-2 1-2');
  });

  it('replaces a match by what stands for its last character', () => {
    const changed = AlignedText.of('a   b').replace(/ {2,}/g, '__');
    assert.equal(changed.text, 'a__b');
    assert.equal(spansOf(changed), '0-1 3-4 3-4 4-5');
    assert.equal(spansOf(AlignedText.of('  ').replace(/^/g, '▁')), '0-1 0-1 1-2');
  });

  it('prepends what stands for the first character, and nothing to nothing', () => {
    assert.equal(spansOf(AlignedText.of('😀a').prepend('▁▁')), '0-2 0-2 0-2 0-2 2-3');
    assert.equal(AlignedText.of('').prepend('▁').text, '');
  });
});
