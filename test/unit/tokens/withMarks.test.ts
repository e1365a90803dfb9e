import assert from 'node:assert/strict';
import { withMarks } from '../../../src/tokens/withMarks';

describe('withMarks', () => {
  it('takes an accent that was melted into its letter', () => {
    assert.deepEqual(withMarks('Cafe\u0301 x', [[0, 2], [2, 4], [6, 7], null]), [
      [0, 2],
      [2, 5],
      [6, 7],
      null,
    ]);
  });

  it('takes several, and those beyond the basic plane', () => {
    assert.deepEqual(
      withMarks('e\u0323\u0302\u{1e944}.', [
        [0, 1],
        [5, 6],
      ]),
      [
        [0, 5],
        [5, 6],
      ],
    );
  });

  it('leaves a mark that is a token of its own, and what is no mark', () => {
    assert.deepEqual(
      withMarks('e\u0301 a', [
        [0, 1],
        [1, 2],
        [3, 4],
      ]),
      [
        [0, 1],
        [1, 2],
        [3, 4],
      ],
    );
  });

  it('lets tokens that share a character share its marks', () => {
    assert.deepEqual(
      withMarks('ệ\u0301', [
        [0, 1],
        [0, 1],
      ]),
      [
        [0, 2],
        [0, 2],
      ],
    );
  });
});
