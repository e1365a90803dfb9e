import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AlignedText } from '../../../src/tokens/alignedText';
import { isUndivided } from '../../../src/tokens/olderUnicode';
import { unicodeEdits, type UnicodeForm } from '../../../src/tokens/unicodeForms';

/** Starters and marks that compose, reorder, decompose and join in every way. */
const material = fc.oneof(
  fc.constantFrom(
    ...'aeAE\u0301\u0308\u0327\u0323\u0344\u0345\u1e69\u1100\u1161\u11a8\uac00\uac01\ufb01\u2460\uff76\uff9e\u09c7\u09be\u0dd9\u0dca\u0dcf',
  ),
  fc.constantFrom('\u{1109a}', '\u{110ba}', '\u{1d15e}', '\u{16d67}', '\u{16d63}', '𝔄'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.array(material, { maxLength: 20 }).map((parts) => parts.join(''));

/** As JavaScript has it, but for characters younger than the reference's tables: they stay, and part what is around them. */
function normalForm(source: string, form: UnicodeForm): string {
  let [whole, run] = ['', ''];
  for (const character of source) {
    if (!isUndivided(character)) run += character;
    else {
      whole += run.normalize(form) + character;
      run = '';
    }
  }
  return whole + run.normalize(form);
}

describe('unicodeEdits', () => {
  it('leave a character alone that the reference does not know yet', () => {
    const edits = unicodeEdits('a\u{10787}\ufb01', 'NFKC');
    assert.equal(AlignedText.of('a\u{10787}\ufb01').transform(edits).text, 'a\u{10787}fi');
  });

  for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
    it(`${form}: applied to a text they give its normal form, and use all of it, in order`, () =>
      fc.assert(
        fc.property(text, (source) => {
          const edits = unicodeEdits(source, form);
          const changed = AlignedText.of(source).transform(edits);
          assert.equal(changed.text, normalForm(source, form));
          const used = edits.reduce((sum, [, change]) => sum + (change > 0 ? 0 : 1 - change), 0);
          assert.equal(used, [...source].length);
          for (let unit = 1; unit < changed.text.length; unit++)
            assert.ok(changed.spanOf(unit - 1, unit)[0] <= changed.spanOf(unit, unit + 1)[0]);
        }),
        { numRuns: 500 },
      ));
});
