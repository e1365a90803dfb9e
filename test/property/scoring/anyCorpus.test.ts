import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { CorpusScore, type CorpusFigures } from '../../../src/scoring/corpusScore';
import { TOKENIZATIONS, tokenize, type Tokenization } from '../../../src/scoring/tokenization';

const RUNS = { numRuns: 200 };

/** White space of Python: that of JavaScript, but for these. */
const NOT_WHITE = '\uFEFF';
const ALSO_WHITE = '\u001c\u001d\u001e\u001f\u0085';
const isWhite = (character: string): boolean =>
  ALSO_WHITE.includes(character) || (character !== NOT_WHITE && character.trim() === '');

/** Words that meet again, signs that are cut off, and all that Unicode has. */
const piece = fc.oneof(
  fc.constantFrom('the', 'cat', 'cats', 'a', '1,000', '3.14', 'U.S.', '-5', '我', '们', '。', '“'),
  fc.constantFrom('&quot;', '&amp;', '.', ',', '-', '…', '\u3000', '\u0085', '\uFEFF', '😀', '𠀀'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const sentence = fc
  .array(fc.tuple(piece, fc.constantFrom(' ', ' ', '')), { maxLength: 12 })
  .map((pieces) => pieces.flat().join(''));
const tokenization = fc.constantFrom(...TOKENIZATIONS);
const pair = fc.tuple(sentence, fc.array(sentence, { minLength: 1, maxLength: 3 }));
const corpus = fc.array(pair, { minLength: 1, maxLength: 8 });
type Pair = readonly [string, readonly string[]];

function figures(pairs: readonly Pair[], by: Tokenization): CorpusFigures {
  const score = new CorpusScore(by);
  for (const [hypothesis, references] of pairs) {
    const { bleu, chrf } = score.add(hypothesis, references);
    for (const one of [bleu, chrf]) assert.ok(one >= 0 && one <= 100 + 1e-9, String(one));
  }
  return score.figures;
}

describe('scores of any corpus', () => {
  it('lie between 0 and 100', () => {
    fc.assert(
      fc.property(corpus, tokenization, (pairs, by) => {
        const { bleu, chrf, precisions, brevityPenalty } = figures(pairs, by);
        for (const one of [bleu, chrf, ...precisions, 100 * brevityPenalty])
          assert.ok(one >= 0 && one <= 100 + 1e-9, String(one));
      }),
      RUNS,
    );
  });

  it('do not depend on the order of sentences', () => {
    const shuffled = corpus.chain((pairs) =>
      fc.tuple(
        fc.constant(pairs),
        fc.shuffledSubarray(pairs, { minLength: pairs.length, maxLength: pairs.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, tokenization, ([pairs, others], by) => {
        assert.deepEqual(figures(others, by), figures(pairs, by));
      }),
      RUNS,
    );
  });

  it('are 100 for a text that is its own reference', () => {
    fc.assert(
      fc.property(fc.array(sentence), tokenization, (lines, by) => {
        // BLEU needs one sentence of four words.
        const { bleu, chrf } = figures(
          [...lines, 'one two three four'].map((line) => [line, [line]]),
          by,
        );
        assert.ok(Math.abs(bleu - 100) < 1e-9, String(bleu));
        assert.equal(chrf, 100);
      }),
      RUNS,
    );
  });

  it('stay the same when a reference is given twice', () => {
    fc.assert(
      fc.property(corpus, tokenization, (pairs, by) => {
        const { signature: _, chrfSignature: __, ...once } = figures(pairs, by);
        const repeated = pairs.map(([one, references]): Pair => [
          one,
          [...references, references[0]!],
        ]);
        const { signature: ___, chrfSignature: ____, ...twice } = figures(repeated, by);
        assert.deepEqual(twice, once);
      }),
      RUNS,
    );
  });

  it('rest on words that are all of a Chinese text but its white space', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const words = tokenize(text, 'zh');
        assert.equal(words.join(''), [...text].filter((one) => !isWhite(one)).join(''));
        assert.ok(words.every((word) => word !== ''));
      }),
      RUNS,
    );
  });
});
