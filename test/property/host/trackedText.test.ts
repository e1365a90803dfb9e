// Where an inspected text stands through edits, held against a document that is edited for real.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TrackedText, type TextEdit } from '../../../src/host/editor/trackedText';

const BEFORE = 'Before it. ';
const TEXT = 'The animal crossed.';
const AFTER = ' After it.';
const SPANS = [
  [0, 3],
  [4, 10],
  [11, 18],
  [18, 19],
] as const;

class Document {
  constructor(public content: string) {}
  get length(): number {
    return this.content.length;
  }
  slice(start: number, end: number): string {
    return this.content.slice(start, end);
  }
  /** Makes the edit and tells what would undo it. */
  edit({ offset, length, text }: TextEdit): TextEdit {
    const gone = this.content.slice(offset, offset + length);
    this.content = this.content.slice(0, offset) + text + this.content.slice(offset + length);
    return { offset, length: text.length, text: gone };
  }
}

function begin(): { document: Document; tracked: TrackedText } {
  const document = new Document(BEFORE + TEXT + AFTER);
  const tracked = new TrackedText(TEXT, BEFORE.length);
  tracked.setTokens([null, ...SPANS]);
  return { document, tracked };
}

const tokens = (document: Document, tracked: TrackedText): (string | null)[] =>
  tracked.spans.map((span) => span && document.slice(...span));

/** Edits as fractions of whatever the document is by then. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    share: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })),
    text: fc.oneof(fc.constant(''), fc.string({ maxLength: 12 }), fc.constant('animal')),
  }),
  { maxLength: 12 },
);

const editIn = (
  document: Document,
  { at, share, text }: { at: number; share: number; text: string },
): TextEdit => {
  const offset = Math.floor(at * document.length);
  return { offset, length: Math.floor(share * (document.length - offset)), text };
};

describe('TrackedText under any edits', () => {
  it('is fresh exactly where its characters are, its tokens in order and in bounds', () => {
    fc.assert(
      fc.property(edits, (wanted) => {
        const { document, tracked } = begin();
        for (const one of wanted) {
          const edit = editIn(document, one);
          document.edit(edit);
          tracked.apply([edit], document);
          if (tracked.stale) {
            let last = 0;
            for (const span of tracked.spans) {
              if (span === null) continue;
              assert.ok(last <= span[0] && span[0] <= span[1] && span[1] <= document.length);
              last = span[0];
            }
          } else {
            assert.equal(document.slice(tracked.start, tracked.end), TEXT);
            assert.deepEqual(tokens(document, tracked), [null, 'The', 'animal', 'crossed', '.']);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is fresh again when everything is undone', () => {
    fc.assert(
      fc.property(edits, (wanted) => {
        const { document, tracked } = begin();
        const undone: TextEdit[] = [];
        for (const one of wanted) {
          const edit = editIn(document, one);
          undone.unshift(document.edit(edit));
          tracked.apply([edit], document);
        }
        for (const edit of undone) {
          document.edit(edit);
          tracked.apply([edit], document);
        }
        assert.equal(document.content, BEFORE + TEXT + AFTER);
        assert.equal(tracked.stale, false);
        assert.deepEqual(tokens(document, tracked), [null, 'The', 'animal', 'crossed', '.']);
      }),
      { numRuns: 500 },
    );
  });

  it('stays fresh through edits that leave its characters alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.string({ maxLength: 9 })), { maxLength: 9 }),
        (insertions) => {
          const { document, tracked } = begin();
          for (const [before, text] of insertions) {
            const edit = { offset: before ? tracked.start : tracked.end, length: 0, text };
            document.edit(edit);
            tracked.apply([edit], document);
            assert.equal(tracked.stale, false);
            assert.equal(document.slice(tracked.start, tracked.end), TEXT);
          }
        },
      ),
    );
  });

  it('takes several edits of one event, last place first', () => {
    const { document, tracked } = begin();
    const both: TextEdit[] = [
      { offset: document.length, length: 0, text: ' End.' },
      { offset: 0, length: BEFORE.length, text: 'X' },
    ];
    for (const edit of both) document.edit(edit);
    tracked.apply(both, document);
    assert.deepEqual([tracked.start, tracked.stale], [1, false]);
  });

  it('stays with its own copy of a sentence that the document holds several times', () => {
    const lines = [TEXT, TEXT, AFTER];
    const begin = (between: string): { document: Document; tracked: TrackedText } => {
      const tracked = new TrackedText(TEXT, TEXT.length + between.length);
      return { document: new Document(lines.join(between)), tracked };
    };
    // All of the document is replaced: by itself, then with other line ends.
    const whole = begin('\n');
    const { start } = whole.tracked;
    const { document } = whole;
    for (const text of [document.content, document.content.replaceAll('\n', '\r\n')]) {
      const edit = { offset: 0, length: document.length, text };
      document.edit(edit);
      whole.tracked.apply([edit], document);
      assert.deepEqual([whole.tracked.stale, text.indexOf(TEXT, 1)], [false, whole.tracked.start]);
    }
    assert.equal(whole.tracked.start, start + 1);
    // An edit inside, with a copy right before it; then all of it goes.
    const chinese = begin('');
    for (const length of [0, TEXT.length + 1]) {
      const offset = length === 0 ? TEXT.length + 3 : TEXT.length;
      const edit = { offset, length, text: length === 0 ? '!' : '' };
      chinese.document.edit(edit);
      chinese.tracked.apply([edit], chinese.document);
      assert.equal(chinese.tracked.stale, true);
    }
  });

  it('looks only at what an edit wrote, however long the document is', () => {
    const { document, tracked } = begin();
    const gone = { offset: 0, length: document.length, text: 'Other words. '.repeat(10_000) };
    document.edit(gone);
    tracked.apply([gone], document);
    let read = 0;
    const counting = {
      length: document.length,
      slice: (start: number, end: number) => {
        read += end - start;
        return document.slice(start, end);
      },
    };
    const key = { offset: 60_000, length: 0, text: 'x' };
    document.edit(key);
    tracked.apply([key], counting);
    assert.ok(tracked.stale && read <= 4 * TEXT.length, `${read} characters for a key`);
  });

  it('places tokens that come late, when the text is another one already', () => {
    const document = new Document(BEFORE + TEXT + AFTER);
    const tracked = new TrackedText(TEXT, BEFORE.length);
    const edit = { offset: BEFORE.length + 6, length: 2, text: 'xxxx' };
    document.edit(edit);
    tracked.apply([edit], document);
    tracked.setTokens([null, ...SPANS], document.slice(tracked.start, tracked.end));
    assert.deepEqual(tokens(document, tracked), [null, 'The', null, 'crossed', '.']);
  });

  it('is where it was, though another text, when all line ends are changed', () => {
    const text = 'The animal\ncrossed.';
    const document = new Document(`Before.\n${text}\nAfter.`);
    const tracked = new TrackedText(text, 'Before.\n'.length);
    tracked.setTokens([
      [0, 3],
      [4, 10],
      [11, 18],
    ]);
    for (const [other, stale] of [
      [document.content.replaceAll('\n', '\r\n'), true],
      [document.content, false],
    ] as const) {
      const edit = { offset: 0, length: document.length, text: other };
      document.edit(edit);
      tracked.apply([edit], document);
      assert.equal(tracked.stale, stale);
      assert.deepEqual(tokens(document, tracked), ['The', 'animal', 'crossed']);
      assert.match(document.slice(tracked.start, tracked.end), /^The animal\r?\ncrossed\.$/);
    }
  });
});
