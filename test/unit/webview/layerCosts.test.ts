// The paper's Table 1 as arithmetic.
import assert from 'node:assert/strict';
import { crossing, layerCosts, layerKinds } from '../../../webview/map/layerCosts';

const sizes = { n: 16, d: 256, k: 3, r: 4 };

describe('costs of a layer (Table 1)', () => {
  it('counts the operations of each kind', () => {
    const operations = layerKinds.map((kind) => layerCosts(kind, sizes).operations);
    assert.deepEqual(operations, [16 * 16 * 256, 16 * 256 * 256, 3 * 16 * 256 * 256, 4 * 16 * 256]);
  });

  it('lets only recurrence wait for every position', () => {
    const waits = layerKinds.map((kind) => layerCosts(kind, sizes).sequential);
    assert.deepEqual(waits, [1, 16, 1, 1]);
  });

  it('tells how far apart two positions are', () => {
    assert.equal(layerCosts('selfAttention', sizes).path, 1);
    assert.equal(layerCosts('recurrent', sizes).path, 16);
    assert.equal(layerCosts('restricted', sizes).path, 4);
    const convolutional = layerCosts('convolutional', { ...sizes, n: 81 });
    assert.ok(Math.abs(convolutional.path - 4) < 1e-12);
    assert.equal(convolutional.contiguousPath, 27);
  });

  it('knows no way shorter than a layer, none through kernels of one, and no neighbours beyond the text', () => {
    const short = { n: 2, d: 8, k: 5, r: 100 };
    assert.deepEqual(
      layerKinds.map((kind) => layerCosts(kind, short).path),
      [1, 2, 1, 1],
    );
    assert.equal(layerCosts('restricted', short).operations, 2 * 2 * 8);
    assert.equal(layerCosts('convolutional', { ...short, k: 1 }).path, Infinity);
  });

  it('crosses where a text is as long as its vectors are wide', () => {
    const n = crossing(sizes);
    const at = (positions: number) =>
      layerCosts('selfAttention', { ...sizes, n: positions }).operations -
      layerCosts('recurrent', { ...sizes, n: positions }).operations;
    assert.equal(at(n), 0);
    assert.ok(at(n - 1) < 0 && at(n + 1) > 0);
  });
});
