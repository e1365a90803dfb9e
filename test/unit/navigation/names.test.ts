import assert from 'node:assert/strict';
import { scaleEnd } from '../../../src/navigation/names';

describe('the end of a colour scale', () => {
  it('has two decimals', () => {
    assert.equal(scaleEnd(0.8670459), '0.87');
    assert.equal(scaleEnd(1), '1.00');
    assert.equal(scaleEnd(0.01), '0.01');
  });

  it('is not called 0 while there is something to colour', () => {
    assert.equal(scaleEnd(0.0009), '0.0009');
    assert.equal(scaleEnd(0), '0.00');
  });
});
