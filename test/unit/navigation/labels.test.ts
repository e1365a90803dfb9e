import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelAt, shareOf, visibleLabel, visibleText } from '../../../src/navigation/labels';
import { tokenOf } from '../../support/traceParts';

const label = (text: string): string => visibleLabel({ label: text, piece: text });

describe('labels', () => {
  it('show what has no shape of its own, each by a sign of its own', () => {
    assert.equal(label('\u0000'), '␀');
    assert.equal(label('a\u001b[0m'), 'a␛[0m');
    assert.equal(label('\u007f'), '␡');
    assert.equal(label('a\u202eb'), 'a⟨U+202E⟩b');
    assert.equal(label('\u200d'), '⟨U+200D⟩');
    assert.equal(label('\ufe0f'), '⟨U+FE0F⟩');
    assert.equal(label('👩\u200d👧'), '👩\u200d👧', 'within an emoji a joiner does its work');
    assert.equal(label('\u0301'), '◌\u0301');
    assert.equal(label('\ud83d'), '⟨U+D83D⟩');
    assert.equal(label('\r\n'), '↵');
    assert.equal(label('Ġ'), '␣');
    assert.equal(visibleLabel({ label: '', piece: '' }), '∅');
  });

  it('never say that a character is unknown', () => {
    assert.equal(label('\ufffd'), '⟨U+FFFD⟩');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const seen = visibleText(text);
        assert.doesNotMatch(seen, /\ufffd|\p{Surrogate}|[\u202a-\u202e]/u);
      }),
    );
  });

  it('tell the tokens of one character apart', () => {
    const byte = (piece: string, start: number): ReturnType<typeof tokenOf> =>
      tokenOf('🐱', { piece, span: [start, start + 2], part: 0 });
    const tokens = [
      tokenOf('a', { span: [0, 1], part: 0 }),
      ...['ð', 'Ł', 'Ĳ', '±'].map((piece) => byte(piece, 1)),
      ...['ð', 'Ł'].map((piece) => byte(piece, 3)),
    ];
    assert.deepEqual(
      tokens.map((_, index) => labelAt(tokens, index)),
      ['a', '🐱 1/4', '🐱 2/4', '🐱 3/4', '🐱 4/4', '🐱 1/2', '🐱 2/2'],
    );
    assert.equal(labelAt(tokens, 7), '');
  });

  it('keep two texts of a pair, and tokens of no text, apart', () => {
    const [first, second] = ([0, 1] as const).map((part) => tokenOf('a', { span: [0, 1], part }));
    assert.ok(first && second);
    assert.equal(shareOf([first, second], 0), null);
    assert.equal(shareOf([tokenOf('<s>'), tokenOf('<s>')], 0), null);
  });
});
