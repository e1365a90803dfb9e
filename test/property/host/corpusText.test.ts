// Whatever sentences a file holds, and however its lines end: each comes back as it was, on its line.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeCorpus, lineSentences, tabbedSentences } from '../../../src/host/corpus/corpusText';

/** A sentence of a file: anything without what parts lines and columns. */
const sentence = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replace(/[\t\n\r\0\ufeff]/g, ''));
const lineEnd = fc.constantFrom('\n', '\r\n');
const mark = fc.constantFrom('', '\ufeff');
const nonEmpty = sentence.filter((text) => text.trim() !== '');

/** Bytes of lines in a file, as some program may have written them. */
function file(lines: readonly string[], end: string, start: string, closed: boolean): Uint8Array {
  return new TextEncoder().encode(start + lines.join(end) + (closed ? end : ''));
}

describe('a file of sentences', () => {
  it('with references behind tabs', () => {
    const row = fc.tuple(nonEmpty, sentence, fc.option(sentence));
    const rows = fc.array(row, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, lineEnd, mark, fc.boolean(), (pairs, end, start, closed) => {
        const lines = pairs.map(([source, reference, comment]) =>
          [source, reference, ...(comment === null ? [] : [comment])].join('\t'),
        );
        const text = decodeCorpus('a.tsv', file(lines, end, start, closed));
        assert.deepEqual(
          tabbedSentences({ name: 'a.tsv', text }),
          pairs.map(([source, reference], line) => ({ line, source, reference })),
        );
      }),
    );
  });

  it('with references in a second file', () => {
    const row = fc.tuple(nonEmpty, nonEmpty);
    const rows = fc.array(row, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        rows,
        lineEnd,
        lineEnd,
        mark,
        fc.boolean(),
        (pairs, end, other, start, closed) => {
          const read = (
            name: string,
            column: 0 | 1,
            ends: string,
          ): { name: string; text: string } => ({
            name,
            text: decodeCorpus(
              name,
              file(
                pairs.map((pair) => pair[column]),
                ends,
                start,
                closed,
              ),
            ),
          });
          assert.deepEqual(
            lineSentences(read('a.en', 0, end), read('a.fr', 1, other)),
            pairs.map(([source, reference], line) => ({ line, source, reference })),
          );
        },
      ),
    );
  });

  it('that is not UTF-8 is told by its first such line', () => {
    const lines = fc.array(sentence, { minLength: 0, maxLength: 5 });
    fc.assert(
      fc.property(lines, fc.constantFrom(0xff, 0xc0, 0x80, 0), (before, byte) => {
        const good = new TextEncoder().encode(before.map((line) => `${line}\n`).join(''));
        const bytes = new Uint8Array([...good, byte, 10, byte, 10]);
        assert.throws(() => decodeCorpus('a.txt', bytes), {
          code: 'corpus.notUtf8',
          args: { file: 'a.txt', line: before.length + 1 },
        });
      }),
    );
  });
});
