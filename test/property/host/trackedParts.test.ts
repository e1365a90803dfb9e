// Where both texts of a pair stand through edits, held against a document that is edited for real.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locate, type TrackedParts } from '../../../src/host/editor/trackedParts';
import type { TextEdit } from '../../../src/host/editor/trackedText';
import { PASSAGE, pairPlan, QUESTION } from '../../unit/host/wordFixture';

const DOCUMENT = `Before. ${QUESTION}\nBetween.\n${PASSAGE} After.`;
const TOKENS = ['Who', 'came', '?', 'Nobody', 'came', '.'];

class Document {
  content = DOCUMENT;

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

function begin(): { document: Document; parts: TrackedParts } {
  const document = new Document();
  const sought = [QUESTION, PASSAGE].map((text) => ({ text, offset: DOCUMENT.indexOf(text) }));
  const parts = locate(document, sought);
  assert.ok(parts !== null);
  parts.setTokens(pairPlan.source, undefined);
  return { document, parts };
}

const words = (document: Document, parts: TrackedParts): string[] =>
  parts.spans.flatMap((span) => (span === null ? [] : [document.slice(...span)]));

/** Edits as fractions of whatever the document is by then. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    share: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })),
    text: fc.oneof(fc.constant(''), fc.string({ maxLength: 12 }), fc.constant('came')),
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

describe('TrackedParts under any edits', () => {
  it('are fresh exactly where both texts are, and their tokens stand in them', () => {
    fc.assert(
      fc.property(edits, (wanted) => {
        const { document, parts } = begin();
        for (const one of wanted) {
          const edit = editIn(document, one);
          document.edit(edit);
          parts.apply([edit], document);
          for (const span of parts.spans)
            assert.ok(span === null || (span[0] <= span[1] && span[1] <= document.length));
          if (parts.stale) continue;
          const [question, passage] = parts.parts.map((part) => document.slice(...part));
          assert.deepEqual([question, passage], [QUESTION, PASSAGE]);
          assert.deepEqual(words(document, parts), TOKENS);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are fresh again when everything is undone', () => {
    fc.assert(
      fc.property(edits, (wanted) => {
        const { document, parts } = begin();
        const undone: TextEdit[] = [];
        for (const one of wanted) {
          const edit = editIn(document, one);
          undone.unshift(document.edit(edit));
          parts.apply([edit], document);
        }
        for (const edit of undone) {
          document.edit(edit);
          parts.apply([edit], document);
        }
        assert.equal(parts.stale, false);
        assert.deepEqual(words(document, parts), TOKENS);
      }),
      { numRuns: 500 },
    );
  });
});
