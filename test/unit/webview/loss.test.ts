// Losses of a given output, and the model's own beside it.
import assert from 'node:assert/strict';
import { emptySnapshot } from '../../../src/protocol/traceMirror';
import type { Branch } from '../../../src/protocol/branch';
import type { WrittenToken } from '../../../src/protocol/trace';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { plainWriting } from '../../../src/protocol/writing';
import {
  isForced,
  largestLoss,
  lossOf,
  lossShare,
  meanLoss,
  tokenLoss,
  worstOf,
} from '../../../webview/film/forced/loss';
import { ownOutput, timesAsProbable } from '../../../webview/film/forced/ownOutput';
import { perplexityWords, probabilityWords } from '../../../webview/film/forced/smallNumbers';
import { planWith, tokenOf } from '../../support/traceParts';

const written = (probability: number, rest: Partial<WrittenToken> = {}): WrittenToken => ({
  token: tokenOf('x'),
  probability,
  rank: 0,
  candidates: [],
  searched: null,
  given: true,
  milliseconds: 1,
  ...rest,
});

const PROBABILITIES = [0.5, 0.0625, 0.8, 1e-6, 0.25];

const branch = (rest: Partial<Branch>): Branch => ({
  id: 0,
  parent: null,
  shared: 0,
  writing: plainWriting,
  tokens: [{ id: 3, label: 'a' }],
  output: 'a',
  logProbability: -1,
  outcome: 'complete',
  shown: false,
  pinned: false,
  ...rest,
});

describe('loss of a given output', () => {
  it('is the negative logarithm of the product of probabilities; perplexity the root of its inverse', () => {
    const { total, mean, bits, perplexity, tokens } = lossOf(PROBABILITIES.map((p) => written(p)));
    const product = PROBABILITIES.reduce((all, p) => all * p, 1);
    assert.ok(Math.abs(Math.exp(-total) / product - 1) < 1e-12);
    assert.ok(Math.abs(perplexity / (1 / product) ** (1 / PROBABILITIES.length) - 1) < 1e-12);
    assert.ok(Math.abs(2 ** bits - perplexity) < 1e-9);
    assert.equal(mean, total / 5);
    assert.equal(tokens[1]!.loss, 4 * Math.LN2);
  });

  it('of even odds is one bit a token, of certainty nothing', () => {
    assert.equal(lossOf([written(0.5), written(0.5)]).bits, 1);
    assert.deepEqual(meanLoss(0, 3), { total: 0, mean: 0, perplexity: 1, bits: 0 });
    // Softmax in floating point may sum to a little more than 1.
    assert.equal(tokenLoss(1 + 1e-12), 0);
    assert.equal(tokenLoss(0), Number.POSITIVE_INFINITY);
  });

  it('counts given tokens alone, and names the worst first', () => {
    const loss = lossOf([written(0.9), written(0.1, { given: false }), written(0.2)]);
    assert.deepEqual(
      loss.tokens.map(({ step }) => step),
      [0, 2],
    );
    const worst = worstOf(lossOf(PROBABILITIES.map((p) => written(p))), 3);
    assert.deepEqual(
      worst.map(({ step }) => step),
      [3, 1, 4],
    );
  });

  it('fills a bar with the largest number, be another loss infinite or all nothing', () => {
    const most = largestLoss(lossOf([written(0), written(0.25), written(0.5)]));
    assert.equal(most, 2 * Math.LN2);
    assert.deepEqual(
      [Number.POSITIVE_INFINITY, Math.LN2].map((one) => lossShare(one, most)),
      [1, 0.5],
    );
    assert.equal(lossShare(0, largestLoss(lossOf([written(1)]))), 0);
  });

  it('is shown of outputs that were given to their end, and of no others', () => {
    const forced = { ...plainWriting, begin: { ids: [], text: 'x' }, further: false };
    const snapshot = (writing: typeof plainWriting, all: WrittenToken[]): TraceSnapshot => ({
      ...emptySnapshot('a', ''),
      plan: planWith({ text: '', source: [], writing }),
      written: all,
    });
    assert.equal(isForced(snapshot(forced, [written(0.5)])), true);
    assert.equal(isForced(snapshot(forced, [])), false);
    assert.equal(isForced(snapshot(plainWriting, [written(0.5, { given: false })])), false);
    assert.equal(isForced(emptySnapshot('a', '')), false);
  });

  it('finds what the model wrote itself among its outputs', () => {
    const begun = { ...plainWriting, begin: { ids: [4], text: null } };
    const others = [
      branch({ id: 1, writing: begun }),
      branch({ id: 2, outcome: 'running' }),
      branch({ id: 3, writing: { ...plainWriting, repetitionPenalty: 1.2 } }),
      branch({ id: 4, writing: { ...plainWriting, forbidden: ['a'] } }),
    ];
    assert.equal(ownOutput(others), null);
    assert.equal(ownOutput([branch({ id: 7 }), ...others])?.id, 7);
  });

  it('says numbers so that none becomes 0 that is none', () => {
    assert.equal(probabilityWords(0.000314), '0.00031');
    assert.equal(probabilityWords(3.12e-7), '3.1e-7');
    assert.equal(probabilityWords(0), '0');
    assert.equal(perplexityWords(Math.exp(20)), '4.852e+8');
    assert.equal(perplexityWords(Number.POSITIVE_INFINITY), '∞');
    assert.equal(timesAsProbable(-Math.log(8)), '8.00');
    assert.equal(timesAsProbable(46.0517), '1.0 × 10^20');
    assert.equal(timesAsProbable(19.66), '3.5 × 10^8');
    assert.equal(timesAsProbable(1000), '10^434');
    assert.equal(timesAsProbable(1e-6), null);
  });
});
