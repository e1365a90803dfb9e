import assert from 'node:assert/strict';
import { locate, type TrackedParts } from '../../../src/host/editor/trackedParts';
import { PASSAGE, pairPlan, QUESTION } from './wordFixture';

const DOCUMENT = `${QUESTION}\nIt rained. ${PASSAGE}\n`;

class Edited {
  constructor(public content: string) {}
  get length(): number {
    return this.content.length;
  }
  slice(start: number, end: number): string {
    return this.content.slice(start, end);
  }
  /** Makes the edit, and lets the parts know. */
  edit(parts: TrackedParts, offset: number, length: number, text: string): void {
    this.content = this.content.slice(0, offset) + text + this.content.slice(offset + length);
    parts.apply([{ offset, length, text }], this);
  }
}

const sought = (question = 0, passage = DOCUMENT.indexOf(PASSAGE)) => [
  { text: QUESTION, offset: question },
  { text: PASSAGE, offset: passage },
];

function begin(): { document: Edited; parts: TrackedParts; words: () => unknown } {
  const document = new Edited(DOCUMENT);
  const parts = locate(document, sought());
  assert.ok(parts !== null);
  parts.setTokens(pairPlan.source, undefined);
  const words = (): unknown =>
    parts.spans.flatMap((span) => (span === null ? [] : [document.slice(...span)]));
  return { document, parts, words };
}

const ALL = ['Who', 'came', '?', 'Nobody', 'came', '.'];

describe('a pair of texts in its document', () => {
  it('has the tokens of each text where that text stands', () => {
    const { parts, words } = begin();
    assert.deepEqual(words(), ALL);
    assert.deepEqual(parts.parts, [
      [0, 9],
      [21, 33],
    ]);
    assert.ok(parts.areOf({ text: QUESTION, pair: { text: PASSAGE, place: null } }));
    assert.ok(!parts.areOf({ text: QUESTION, pair: null }));
    assert.ok(parts.hold(5) && parts.hold(30) && !parts.hold(15));
  });

  it('follows edits before, between and behind the two', () => {
    const { document, parts, words } = begin();
    document.edit(parts, 0, 0, 'Quiz: ');
    document.edit(parts, document.content.indexOf('rained'), 6, 'had been raining for days');
    document.edit(parts, document.length, 0, 'The end.');
    assert.deepEqual([words(), parts.stale], [ALL, false]);
  });

  it('is stale as a whole when one of them is edited, until that is undone', () => {
    const { document, parts, words } = begin();
    const at = document.content.indexOf('Nobody');
    document.edit(parts, at, 6, 'Everybody');
    assert.equal(parts.stale, true);
    assert.deepEqual((words() as string[]).slice(0, 3), ALL.slice(0, 3));
    document.edit(parts, at, 9, 'Nobody');
    assert.deepEqual([words(), parts.stale], [ALL, false]);
  });

  it('is found wherever the document holds it, but only if it holds both', () => {
    assert.deepEqual(locate(new Edited(`Ah. ${DOCUMENT}`), sought())?.parts, [
      [4, 13],
      [25, 37],
    ]);
    assert.equal(locate(new Edited(QUESTION), sought()), null);
    // The same sentence chosen twice, and left only once.
    const twice = [0, 10].map((offset) => ({ text: QUESTION, offset }));
    assert.notEqual(locate(new Edited(`${QUESTION} ${QUESTION}`), twice), null);
    assert.equal(locate(new Edited(QUESTION), twice), null);
  });

  it('overlaps what shares characters with either', () => {
    const document = new Edited(DOCUMENT);
    const own = locate(document, sought());
    const other = (text: string) => locate(document, [{ text, offset: DOCUMENT.indexOf(text) }]);
    const [rain, nobody] = [other('It rained.'), other('Nobody')];
    assert.ok(own !== null && rain !== null && nobody !== null);
    assert.deepEqual(
      [own.overlap(rain), own.overlap(nobody), nobody.overlap(own)],
      [false, true, true],
    );
  });
});
