import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { PositionConfig } from '../../../src/transformer/positions/positionConfig';
import { positionRows } from '../../../src/transformer/positions/positionRows';
import { tokenBatch } from '../../../src/transformer/sequence';

const PAD = 1;
const learned = (
  numbering: 'index' | 'notPadding' | 'mask',
  offset: number,
  count = 8,
): PositionConfig => ({ kind: 'learned', count, offset, numbering });

/** A pad token on the left, in the middle, on the right; the masks hide others than these. */
const IDS = [
  [PAD, 5, PAD, 6, 7],
  [5, 6, 7, PAD, PAD],
];
const MASK = [
  [0, 1, 1, 0, 1],
  [1, 1, 1, 1, 0],
];
const BATCH = tokenBatch(IDS, { mask: MASK });
const rows = (positions: PositionConfig, batch = BATCH, past = new Uint8Array(0)): number[][] => {
  const length = past.length / batch.batch;
  const whole = Uint8Array.from(
    [...Array(batch.batch).keys()].flatMap((row) => [
      ...past.subarray(row * length, (row + 1) * length),
      ...batch.mask.subarray(row * batch.length, (row + 1) * batch.length),
    ]),
  );
  const all = [...positionRows(batch, { length, mask: whole }, positions, PAD)];
  return [...Array(batch.batch).keys()].map((row) =>
    all.slice(row * batch.length, (row + 1) * batch.length),
  );
};

describe('positions of tokens', () => {
  it('by index, whatever is padding', () => {
    const wanted = [0, 1, 2, 3, 4];
    assert.deepEqual(rows(learned('index', 0)), [wanted, wanted]);
    const shifted = wanted.map((position) => position + 2); // BART
    assert.deepEqual(rows(learned('index', 2)), [shifted, shifted]);
  });

  it('by tokens that are not the pad token (RoBERTa), which has the row before', () => {
    assert.deepEqual(rows(learned('notPadding', PAD + 1)), [
      [PAD, 2, PAD, 3, 4],
      [2, 3, 4, PAD, PAD],
    ]);
  });

  it('by the mask (OPT), padding in the row before', () => {
    assert.deepEqual(rows(learned('mask', 2)), [
      [1, 2, 3, 1, 4],
      [2, 3, 4, 5, 1],
    ]);
  });

  it('go on after what was decoded before', () => {
    const next = tokenBatch([[8], [9]]);
    const past = Uint8Array.from(MASK.flat());
    assert.deepEqual(rows(learned('index', 2, 40), next, past), [[7], [7]]);
    assert.deepEqual(rows(learned('mask', 2), next, past), [[5], [6]]);
  });

  it('that are given win: numbers from 0, RoBERTa’s are rows already', () => {
    const batch = tokenBatch([[5, 6, 7]], { positions: [[4, 0, 2]] });
    assert.deepEqual(rows(learned('index', 2), batch), [[6, 2, 4]]);
    assert.deepEqual(rows(learned('notPadding', 2), batch), [[4, 0, 2]]);
  });

  it('that a table lacks are refused; rotary ones have no end', () => {
    const batch = tokenBatch([[5, 6]], { positions: [[0, 8]] });
    const refused = (one: typeof batch): void =>
      assert.throws(
        () => rows(learned('index', 2), one),
        (error) =>
          error instanceof Failure && error.code === 'model.noPosition' && error.args['last'] === 7,
      );
    refused(batch);
    refused(tokenBatch([[5]], { positions: [[-3]] }));
    const rotary: PositionConfig = {
      kind: 'rotary',
      dimensions: 2,
      interleaved: false,
      base: 10,
      scaling: { kind: 'default' },
      trained: 4,
    };
    assert.deepEqual(rows(rotary, batch), [[0, 8]]);
  });
});
