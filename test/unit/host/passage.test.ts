import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { passageAt, SENTENCE_RADIUS } from '../../../src/host/editor/passage';
import { MAX_TEXT_CHARACTERS } from '../../../src/protocol/limits';

const LONE_SURROGATE = /\p{Surrogate}/u;

/** A document that notes how much of it was read. */
function document(text: string): {
  length: number;
  slice(start: number, end: number): string;
  read: () => number;
} {
  let read = 0;
  return {
    length: text.length,
    slice: (start, end) => {
      read += end - start;
      return text.slice(start, end);
    },
    read: () => read,
  };
}

const refusedAs =
  (code: string, args: object = {}) =>
  (thrown: unknown) => {
    assert.ok(thrown instanceof Failure);
    assert.equal(thrown.code, code);
    assert.deepEqual(thrown.args, args);
    return true;
  };

describe('passageAt', () => {
  it('takes a selection as it is, white space included', () => {
    assert.deepEqual(passageAt(document('One. Two. Three.'), 4, 10), { text: ' Two. ', start: 4 });
  });

  it('takes the sentence around the cursor where nothing is selected', () => {
    const text = 'It rained. The animal slept. Nobody came.';
    const at = text.indexOf('animal');
    assert.deepEqual(passageAt(document(text), at, at), { text: 'The animal slept.', start: 11 });
  });

  it('refuses emptiness: an empty document, a blank line, selected blanks', () => {
    assert.throws(() => passageAt(document(''), 0, 0), refusedAs('text.empty'));
    assert.throws(() => passageAt(document('   \n  '), 0, 6), refusedAs('text.empty'));
    assert.throws(() => passageAt(document('A.\n\n\n\nB.'), 4, 4), refusedAs('text.empty'));
  });

  it('refuses 50,000 characters without reading one of them', () => {
    const long = document('x'.repeat(50_000));
    const args = { characters: 50_000, limit: MAX_TEXT_CHARACTERS };
    assert.throws(() => passageAt(long, 0, 50_000), refusedAs('text.tooLong', args));
    assert.equal(long.read(), 0);
  });

  it('reads only the surroundings of the cursor in a large document', () => {
    const large = document('Some words here. '.repeat(200_000));
    const at = 17 * 100_000 + 3;
    assert.deepEqual(passageAt(large, at, at), { text: 'Some words here.', start: at - 3 });
    assert.ok(large.read() <= 2 * SENTENCE_RADIUS);
  });

  it('leaves no half character at the edge of what it read', () => {
    const emoji = document('🙂'.repeat(10_000));
    for (const at of [10_000, 10_001]) {
      const { text, start } = passageAt(emoji, at, at);
      assert.doesNotMatch(text, LONE_SURROGATE);
      assert.equal(start % 2, 0);
    }
  });
});
