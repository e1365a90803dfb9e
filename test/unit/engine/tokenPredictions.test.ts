import assert from 'node:assert/strict';
import { bytesOfPredictions, TokenPredictions } from '../../../src/engine/tokenPredictions';

const VOCABULARY = 7;
const IDS = [3, 1, 6];
/** `[position, vocabulary]`. */
const LOGITS = Float32Array.from(
  { length: IDS.length * VOCABULARY },
  (_, i) => Math.sin(9 * i) * 4,
);

/** Softmax by the definition. */
const softmax = (row: Float32Array): number[] => {
  const exponentials = [...row].map(Math.exp);
  const sum = exponentials.reduce((total, one) => total + one, 0);
  return exponentials.map((one) => one / sum);
};
const rowOf = (position: number): Float32Array =>
  LOGITS.subarray(position * VOCABULARY, (position + 1) * VOCABULARY);

describe('what a model says of each token', () => {
  for (const [task, actualOf] of [
    ['nextToken', (position: number) => IDS[position + 1]],
    ['maskedToken', (position: number) => IDS[position]],
  ] as const)
    it(`${task}: five candidates, and the token that is there`, () => {
      const predictions = new TokenPredictions(task, IDS);
      predictions.append(LOGITS, VOCABULARY);
      for (const position of IDS.keys()) {
        const probabilities = softmax(rowOf(position));
        const { top, actual } = predictions.at(position)!;
        const ranked = [...probabilities.keys()].sort(
          (a, b) => probabilities[b]! - probabilities[a]!,
        );
        assert.deepEqual(
          top.map(({ id }) => id),
          ranked.slice(0, 5),
        );
        for (const { id, probability } of top)
          assert.ok(Math.abs(probability - probabilities[id]!) < 1e-12);
        const id = actualOf(position);
        if (id === undefined) assert.equal(actual, null, 'nothing follows the end of the text');
        else {
          assert.equal(actual!.id, id);
          assert.ok(Math.abs(actual!.probability - probabilities[id]!) < 1e-12);
        }
      }
    });

  it('come all at once or some at a time; those not there yet are null', () => {
    const whole = new TokenPredictions('maskedToken', IDS);
    whole.append(LOGITS, VOCABULARY);
    const grown = new TokenPredictions('maskedToken', IDS);
    grown.append(LOGITS.subarray(0, 2 * VOCABULARY), VOCABULARY);
    assert.equal(grown.at(2), null);
    grown.append(rowOf(2), VOCABULARY);
    for (const position of IDS.keys()) assert.deepEqual(grown.at(position), whole.at(position));
  });

  it('a tiny vocabulary has fewer candidates; equal ones come by id', () => {
    const predictions = new TokenPredictions('maskedToken', [1]);
    predictions.append(Float32Array.of(0, 0), 2);
    assert.deepEqual(predictions.at(0)!.top, [
      { id: 0, probability: 0.5 },
      { id: 1, probability: 0.5 },
    ]);
  });

  it('large logits do not overflow, and what is no number is refused', () => {
    const predictions = new TokenPredictions('maskedToken', [1, 1]);
    predictions.append(Float32Array.of(1000, 1001, 999), 3);
    const { actual } = predictions.at(0)!;
    assert.ok(Math.abs(actual!.probability - 1 / (1 + Math.exp(-1) + Math.exp(-2))) < 1e-12);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      assert.throws(() => predictions.append(Float32Array.of(0, bad, 0), 3), /model\.notNumbers/);
  });

  it('take the bytes that were announced', () => {
    const predictions = new TokenPredictions('nextToken', IDS);
    assert.equal(predictions.bytes, bytesOfPredictions(3));
    assert.equal(bytesOfPredictions(1), 5 * 12 + 8);
  });
});
