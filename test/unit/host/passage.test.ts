import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { passagesAt, SENTENCE_RADIUS } from '../../../src/host/editor/passage';
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

/** What is taken where one range is selected, or nothing. */
function passageAt(
  source: ReturnType<typeof document>,
  start: number,
  end: number,
): { text: string; start: number } {
  const [passage] = passagesAt(source, start === end ? [] : [[start, end]], end);
  assert.ok(passage !== undefined);
  return { text: source.slice(...passage), start: passage[0] };
}

describe('passagesAt', () => {
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
    assert.deepEqual(passagesAt(large, [], at), [[at - 3, at + 13]]);
    assert.ok(large.read() <= 2 * SENTENCE_RADIUS + 16);
  });

  it('leaves no half character at the edge of what it read', () => {
    const emoji = document('🙂'.repeat(10_000));
    for (const at of [10_000, 10_001]) {
      const { text, start } = passageAt(emoji, at, at);
      assert.doesNotMatch(text, LONE_SURROGATE);
      assert.equal(start % 2, 0);
    }
  });

  it('takes two selections as a pair, the one that stands first before the other', () => {
    const text = document('Who came? It rained. Nobody came.');
    const [question, answer] = [
      [0, 9],
      [21, 33],
    ] as const;
    assert.deepEqual(passagesAt(text, [answer, question], 9), [question, answer]);
  });

  it('refuses more than two, a blank one of two, and two that are too long together', () => {
    const text = document(`One. Two. Three.   ${'x'.repeat(30_000)}`);
    const refused = (
      code: string,
      args: object,
      ...selected: readonly (readonly [number, number])[]
    ) => assert.throws(() => passagesAt(text, selected, 0), refusedAs(code, args));
    refused('text.selections', { count: 3, limit: 2 }, [0, 4], [5, 9], [10, 16]);
    refused('text.empty', {}, [0, 4], [16, 19]);
    const characters = MAX_TEXT_CHARACTERS + 4;
    refused(
      'text.tooLong',
      { characters, limit: MAX_TEXT_CHARACTERS },
      [0, 4],
      [19, 19 + MAX_TEXT_CHARACTERS],
    );
  });
});
