import assert from 'node:assert/strict';
import { toStep } from '../../../src/navigation/film';
import { initialNavigation, type Navigation } from '../../../src/protocol/navigation';
import { freeColumn } from '../../../src/host/output/freeColumn';
import { choosingText, linking } from '../../../src/host/output/linkedChoice';
import { continued, french } from './outputFixture';

const standing = (change: Partial<Navigation>): Navigation => ({ ...initialNavigation, ...change });
const source = { side: 'source', index: 1, locked: false } as const;

describe('an output beside its text', () => {
  it('makes the reader look at the attention between the two, from where he is', () => {
    assert.deepEqual(linking(french, standing({ token: source })), {
      stack: 'cross',
      direction: 'lookedAt',
    });
    const atStep = standing(toStep(french, initialNavigation, 1));
    assert.deepEqual(linking(french, atStep), {});
    assert.deepEqual(linking(french, standing({ ...atStep, stack: 'decoder' })), {});
    const decoder = standing({ stack: 'decoder', token: source });
    assert.deepEqual(linking(continued, decoder), { direction: 'lookedAt' });
    assert.deepEqual(linking(continued, standing(toStep(continued, decoder, 1))), {});
  });

  it('turns the direction when the cursor goes from a decoder’s output to its text', () => {
    const decoder = standing({ stack: 'decoder', token: source });
    const atStep = standing(toStep(continued, decoder, 0));
    assert.deepEqual(choosingText(continued, atStep, 2), {
      direction: 'lookedAt',
      token: { side: 'source', index: 2, locked: false },
    });
    assert.equal(choosingText(continued, decoder, 2), null);
    // Between two stacks the sides say it.
    assert.equal(choosingText(french, standing(toStep(french, initialNavigation, 0)), 2), null);
  });

  it('covers neither the text nor the panel', () => {
    const column = (number: number, covers: boolean, hasOutput = false) => ({
      ...{ column: number, covers, hasOutput },
    });
    assert.equal(freeColumn([column(1, true)]), 2);
    assert.equal(freeColumn([column(1, true), column(2, true)]), 3);
    assert.equal(freeColumn([column(1, true), column(2, false), column(3, false, true)]), 3);
    assert.equal(freeColumn([column(1, true), column(2, false)]), 2);
    assert.equal(freeColumn([column(1, true, true), column(2, true)]), 3);
    assert.equal(freeColumn([column(9, true)]), 9);
  });
});
