import assert from 'node:assert/strict';
import { bytesOfRun, bytesOfWriting } from '../../../src/engine/runBytes';
import { bytesOfPredictions } from '../../../src/engine/tokenPredictions';
import { modelOf } from '../../support/traceParts';

const OWN = { kernels: 'own' } as const;
const SHAPE = {
  ...{ task: null, heads: { encoder: 4, decoder: 4 }, headWidth: 8, dModel: 32 },
  dFeedForward: { encoder: 100, decoder: 100 },
};
const ENCODER = modelOf({
  ...SHAPE,
  architecture: 'encoder',
  layers: { encoder: 2, decoder: 0 },
  keyValueHeads: { encoder: 4, decoder: 0 },
});
const DECODER = modelOf({
  ...SHAPE,
  architecture: 'decoder',
  layers: { encoder: 0, decoder: 3 },
  keyValueHeads: { encoder: 0, decoder: 2 },
});
const BOTH = modelOf({
  ...SHAPE,
  architecture: 'encoderDecoder',
  layers: { encoder: 2, decoder: 1 },
  keyValueHeads: { encoder: 4, decoder: 4 },
});

describe('what a run will hold', () => {
  it('grows with the square of the text', () => {
    const ratio = bytesOfRun(ENCODER, 2048, 1, OWN).trace / bytesOfRun(ENCODER, 1024, 1, OWN).trace;
    assert.ok(ratio > 3.5 && ratio < 4, String(ratio));
  });

  it('counts what a trace of each architecture keeps, number by number', () => {
    // Patterns of 10 × 10 and values of 10 × 8 for four heads of two layers.
    assert.equal(bytesOfRun(ENCODER, 10, 0, OWN).trace, 4 * 2 * (4 * 100 + 4 * 8 * 10));
    // Of causal patterns the visible triangle; two heads of values serve four of patterns; the text is
    // the decoder's own, whatever is written.
    assert.equal(bytesOfRun(DECODER, 10, 99, OWN).trace, 4 * 3 * (4 * 55 + 2 * 8 * 10));
    const whole = bytesOfRun(DECODER, 10, 99, { ...OWN, zeros: true });
    assert.equal(whole.trace, 4 * 3 * (4 * 100 + 2 * 8 * 10));
    const says = modelOf({ ...DECODER, task: 'nextToken' });
    const more = bytesOfRun(says, 10, 0, OWN).trace - bytesOfRun(DECODER, 10, 0, OWN).trace;
    assert.equal(more, bytesOfPredictions(10));
    const read = 2 * (4 * 100 + 4 * 8 * 10);
    const written = 4 * 21 + 4 * 8 * 6;
    const cross = 4 * 60 + 4 * 8 * 10;
    assert.equal(bytesOfRun(BOTH, 10, 6, OWN).trace, 4 * (read + written + cross));
  });

  it('counts what is in tfjs at once: a layer, and the keys and values of all layers of a decoder', () => {
    const activations = 10 * (8 * 32 + 3 * 100);
    const layer = 4 * 100 + 100 + activations;
    assert.equal(bytesOfRun(ENCODER, 10, 6, OWN).working, 4 * layer);
    assert.equal(bytesOfRun(DECODER, 10, 6, OWN).working, 4 * (layer + 2 * 3 * 2 * 8 * 10));
    assert.equal(bytesOfRun(BOTH, 10, 6, OWN).working, 4 * (layer + 2 * 4 * 8 * 16));
    const stock = bytesOfRun(ENCODER, 10, 6, { kernels: 'stock' }).working;
    assert.equal(stock, 4 * (layer + 3 * 400));
    const biased = modelOf({
      ...ENCODER,
      positionKind: { kind: 'relativeBias', buckets: 8, maxDistance: 16 },
    });
    assert.equal(bytesOfRun(biased, 10, 6, OWN).working, 4 * (layer + 400));
  });

  it('counts keys and values of every sequence that is written, and its rows of the vocabulary', () => {
    const rows = 3 * 8000;
    assert.equal(bytesOfWriting(BOTH, 10, 6, 1), 4 * (2 * 4 * 8 * 16 + rows));
    // A decoder's keys and values are those of its text, too.
    assert.equal(bytesOfWriting(DECODER, 10, 6, 5), 4 * 5 * (2 * 3 * 2 * 8 * 16 + rows));
  });
});
