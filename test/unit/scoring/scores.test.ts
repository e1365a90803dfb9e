// BLEU and chrF against the figures of sacreBLEU 2.6.0 (test/fixtures/scores/make_scores.py says how).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { CorpusScore } from '../../../src/scoring/corpusScore';
import { TOKENIZATIONS, tokenizationOf, tokenize } from '../../../src/scoring/tokenization';

/** Sums of float64 and two logarithm functions; the counts behind them are the same numbers. */
const TOLERANCE = 1e-10;

const figuresSchema = v.strictObject({
  bleu: v.number(),
  signature: v.string(),
  precisions: v.array(v.number()),
  brevityPenalty: v.number(),
  hypothesisLength: v.number(),
  referenceLength: v.number(),
  chrf: v.number(),
  chrfSignature: v.string(),
  sentences: v.number(),
});
const corporaSchema = v.array(
  v.strictObject({
    name: v.string(),
    tokenization: v.picklist(TOKENIZATIONS),
    hypotheses: v.array(v.string()),
    /** `[sentence][reference]` */
    references: v.array(v.array(v.string())),
    /** `[sentence][word]` of the hypotheses. */
    words: v.array(v.array(v.string())),
    figures: figuresSchema,
    sentences: v.array(v.strictObject({ bleu: v.number(), chrf: v.number() })),
  }),
);
const corpora = v.parse(
  corporaSchema,
  JSON.parse(readFileSync('test/fixtures/scores/scores.json', 'utf8')),
);

/** Equal but for numbers, which may differ by the tolerance. */
function assertClose(actual: unknown, expected: unknown, at = ''): void {
  if (typeof expected === 'number' && typeof actual === 'number')
    assert.ok(Math.abs(actual - expected) <= TOLERANCE, `${at}: ${actual} instead of ${expected}`);
  else if (typeof expected === 'object' && expected !== null && typeof actual === 'object') {
    assert.deepEqual(Object.keys(actual!), Object.keys(expected), at);
    for (const [key, value] of Object.entries(expected))
      assertClose((actual as Record<string, unknown>)[key], value, `${at}.${key}`);
  } else assert.equal(actual, expected, at);
}

describe('scores, as sacreBLEU says them', () => {
  for (const { name, tokenization, hypotheses, references, ...expected } of corpora)
    it(`${name} (${tokenization})`, () => {
      assert.deepEqual(
        hypotheses.map((one) => tokenize(one, tokenization)),
        expected.words,
      );
      const corpus = new CorpusScore(tokenization);
      const sentences = hypotheses.map((one, i) => corpus.add(one, references[i]!));
      assertClose(corpus.figures, expected.figures);
      assertClose(sentences, expected.sentences);
    });

  it('of a line with a million spaces take no minutes', () => {
    const score = new CorpusScore('zh');
    const line = `a${' '.repeat(1e6)}b`;
    score.add(line, [line]);
    assert.equal(score.figures.hypothesisLength, 2);
  });

  it('of nothing are zeros', () => {
    const { bleu, chrf, brevityPenalty, sentences } = new CorpusScore('13a').figures;
    assert.deepEqual([bleu, chrf, brevityPenalty, sentences], [0, 0, 1, 0]);
  });

  it('cut Chinese into characters, and nothing else', () => {
    const languages = ['cmn', 'cmn_Hans', 'zh', 'zh-CN', 'fra', 'deu', 'zha', null];
    assert.deepEqual(languages.map(tokenizationOf), [
      ...Array<string>(4).fill('zh'),
      ...Array<string>(4).fill('13a'),
    ]);
  });
});
