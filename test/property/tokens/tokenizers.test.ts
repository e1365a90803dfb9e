import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import type { Span, Tokenizer } from '../../../src/tokens/tokenizer';
import { readSets, readTokenizer } from '../../parity/tokens/referenceRows';

const root = process.cwd();
const sets = [
  ...readSets(path.join(root, 'test/fixtures/tokenizers')),
  { name: 'translate-en', tokenizer: readTokenizer(path.join(root, 'media/models/translate-en')) },
];

/** What trips alignment up: marks in any order, joiners, ligatures, wide characters, controls, line ends. */
const awkward = fc.constantFrom(
  ...[
    'e\u0301',
    'a\u0301\u0327',
    '\u0301',
    '\u0327',
    '👩‍🚀',
    '🏳️‍🌈',
    '👍🏽',
    'ﬁ',
    '①',
    'ﷺ',
    'İ',
    'ß',
    'Σ',
    '한',
    '\u1112\u1161\u11ab',
  ],
  ...[
    '中文',
    '。',
    '\u4e00\u0301',
    '𠀀',
    'ｶﾞ',
    '　',
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\u0085',
    '\u200b',
    '\ufeff',
    '\u0000',
    '\u0001',
    '\ufffd',
  ],
  ...[
    '▁',
    'Ġ',
    '##',
    "n't",
    '>>fra<<',
    '</s>',
    '<unk>',
    '[MASK]',
    '<|endoftext|>',
    '<0xE4>',
    'שלום',
    'नमस्ते',
    'the animal',
  ],
);
const wellFormed = fc
  .array(
    fc.oneof(
      awkward,
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
const anyText = fc
  .array(fc.oneof({ weight: 5, arbitrary: wellFormed }, half), { maxLength: 4 })
  .map((parts) => parts.join(''));

const isWhite = (text: string): boolean => /^\p{White_Space}+$/u.test(text);
const slice = (text: string, [start, end]: Span): string => text.slice(start, end);

function spansOf(tokenizer: Tokenizer, text: string): Span[] {
  return tokenizer.encode(text, { special: true }).spans.filter((span) => span !== null);
}

for (const { name, tokenizer } of sets)
  describe(`any text, ${name}`, () => {
    it('spans lie in the text, hold something, and cut no character', () =>
      fc.assert(
        fc.property(anyText, (text) => {
          for (const [start, end] of spansOf(tokenizer, text)) {
            assert.ok(0 <= start && start < end && end <= text.length, `${start}-${end}`);
            for (const edge of [start, end])
              assert.doesNotMatch(
                text.slice(Math.max(0, edge - 1), edge + 1),
                /^[\ud800-\udbff][\udc00-\udfff]$/,
              );
          }
        }),
      ));

    it('spans have no white space at their edges unless they hold nothing else', () =>
      fc.assert(
        fc.property(anyText, (text) => {
          for (const span of spansOf(tokenizer, text)) {
            const covered = slice(text, span);
            assert.ok(
              isWhite(covered) || !/^\p{White_Space}|\p{White_Space}$/u.test(covered),
              JSON.stringify(covered),
            );
          }
        }),
      ));

    it('spans come in the order of the text', () =>
      fc.assert(
        fc.property(anyText, (text) => {
          spansOf(tokenizer, text).reduce(
            (before, span) => {
              assert.ok(
                before[1] <= span[1] && (before[0] <= span[0] || isWhite(slice(text, before))),
                `${before.join('-')} then ${span.join('-')}`,
              );
              return span;
            },
            [0, 0] as Span,
          );
        }),
      ));

    it('spans cover every character that the tokenizer does not drop', () =>
      fc.assert(
        fc.property(wellFormed, (text) => {
          const covered = new Set<number>();
          for (const [start, end] of spansOf(tokenizer, text))
            for (let unit = start; unit < end; unit++) covered.add(unit);
          let at = 0;
          for (const character of text) {
            // Dropped where it stands alone too, or melted into the letter before it.
            const stays =
              !/^[\p{White_Space}\p{M}\p{Cf}\u1160-\u11ff\uff9e\uff9f]$/u.test(character) &&
              tokenizer.encode(character, { special: false }).ids.length > 0;
            assert.ok(covered.has(at) || !stays, `${character} at ${at}`);
            at += character.length;
          }
        }),
      ));

    it('two texts keep their spans, and their words apart', () =>
      fc.assert(
        fc.property(anyText, anyText, (first, second) => {
          const both = tokenizer.encode(first, { special: true, pair: second });
          [first, second].forEach((text, part) => {
            const own = tokenizer.encode(text, { special: false });
            const inBoth = both.ids.flatMap((_, index) =>
              both.parts[index] === part ? [index] : [],
            );
            assert.deepEqual(
              inBoth.map((index) => [both.ids[index], both.spans[index]]),
              own.ids.map((id, index) => [id, own.spans[index]]),
            );
          });
          const words = (part: number): Set<number | null> =>
            new Set(
              both.words.filter((word, index) => word !== null && both.parts[index] === part),
            );
          assert.deepEqual(
            [...words(0)].filter((word) => words(1).has(word)),
            [],
          );
        }),
      ));

    it('words are in order, whole, and end in no token', () =>
      fc.assert(
        fc.property(anyText, (text) => {
          const { spans, words, special } = tokenizer.encode(text, { special: true });
          const extents = new Map<number, [number, number]>();
          words.forEach((word, index) => {
            const span = spans[index];
            if (word === null)
              return assert.ok(special[index] || !span || isWhite(slice(text, span)));
            assert.ok(span);
            const extent = extents.get(word) ?? [span[0], span[1]];
            extents.set(word, [Math.min(extent[0], span[0]), Math.max(extent[1], span[1])]);
          });
          const inOrder = [...extents].sort(([a], [b]) => a - b);
          inOrder.forEach(([word, [start]], index) => {
            assert.equal(word, index);
            assert.ok(
              start >= (inOrder[index - 1]?.[1][1] ?? 0),
              `word ${word} begins inside the one before`,
            );
          });
        }),
      ));

    it('every id decodes to a label without U+FFFD, whatever stands around it', () =>
      fc.assert(
        fc.property(fc.array(fc.nat({ max: tokenizer.size - 1 }), { maxLength: 40 }), (ids) => {
          const { text, spans } = tokenizer.decode(ids);
          assert.equal(spans.length, ids.length);
          assert.ok(!text.includes('\ufffd'));
          assert.doesNotMatch(text, /\p{Cs}/u);
          let covered = 0;
          for (const span of spans) {
            if (!span) continue;
            assert.ok(span[0] < span[1] && span[1] <= text.length);
            assert.ok(isWhite(text.slice(covered, span[0])) || span[0] <= covered);
            covered = Math.max(covered, span[1]);
          }
          assert.equal(text.slice(covered).trim(), '');
        }),
      ));
  });

const lossFree = sets.filter(({ name }) => ['byte-bpe', 'byte-fallback-bpe'].includes(name));
for (const { name, tokenizer } of lossFree)
  describe(`loss-free: ${name}`, () => {
    it('every character that is not white space is covered', () =>
      fc.assert(
        fc.property(anyText, (text) => {
          const covered = new Set<number>();
          for (const [start, end] of spansOf(tokenizer, text))
            for (let unit = start; unit < end; unit++) covered.add(unit);
          for (let unit = 0; unit < text.length; unit++)
            assert.ok(covered.has(unit) || isWhite(text.charAt(unit)), `unit ${unit}`);
        }),
      ));

    it('decoding undoes encoding', () => {
      // Special tokens are left out; ▁ is that file's own sign for a space, <0xE4> for a byte.
      const plain = wellFormed.filter(
        (text) => !/▁|<0x|<unk>|<s>|<\/s>|<\|endoftext\|>/.test(text),
      );
      fc.assert(
        fc.property(plain, (text) => {
          assert.equal(tokenizer.decode(tokenizer.encode(text, { special: true }).ids).text, text);
        }),
      );
    });
  });
