import assert from 'node:assert/strict';
import { stepOf } from '../../../src/palette/weightCoding';
import { colourAt, weightScale } from '../../../src/palette/weightScale';
import { scaleOfBytes, topOf } from '../../../webview/drawing/scaleTop';

describe('where a scale ends', () => {
  const scale = weightScale('dark', 'looksAt');

  it('is the largest weight in sight, or 1', () => {
    assert.equal(topOf('relative', 0.4), 0.4);
    assert.equal(topOf('absolute', 0.4), 1);
  });

  it('coded bytes get the colour of the weight they stand for', () => {
    const maximum = 0.36;
    const moved = scaleOfBytes(scale, maximum, 1);
    assert.deepEqual(colourAt(moved, 255), colourAt(scale, stepOf(maximum, 1)));
    assert.deepEqual(colourAt(moved, 0), colourAt(scale, 0));
    // A quarter of the maximum is half of its steps.
    assert.deepEqual(colourAt(moved, 128), colourAt(scale, 128 * 0.6));
  });

  it('is the scale itself where nothing moves', () => {
    assert.equal(scaleOfBytes(scale, 0.36, 0.36), scale);
    assert.equal(scaleOfBytes(scale, 0, 0), scale);
  });

  it('leaves an empty matrix without colour', () => {
    assert.deepEqual(colourAt(scaleOfBytes(scale, 0, 1), 0), colourAt(scale, 0));
  });
});
