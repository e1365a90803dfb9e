import assert from 'node:assert/strict';
import { npy } from '../../../src/host/copies/npy';

describe('npy', () => {
  it('writes what NumPy reads: magic, aligned header, rows in order', () => {
    const file = npy([3, 2], [new Float32Array([0, 1, 2, 3]), new Float32Array([4, 5])]);
    assert.deepEqual([...file.slice(0, 8)], [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const view = new DataView(file.buffer);
    const headerBytes = view.getUint16(8, true);
    assert.equal((10 + headerBytes) % 64, 0);
    const header = new TextDecoder('latin1').decode(file.subarray(10, 10 + headerBytes));
    assert.match(header, /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 2\), \} *\n$/);
    const values = Array.from({ length: 6 }, (_, i) =>
      view.getFloat32(10 + headerBytes + 4 * i, true),
    );
    assert.deepEqual(values, [0, 1, 2, 3, 4, 5]);
    assert.equal(file.length, 10 + headerBytes + 24);
  });
});
