import assert from 'node:assert/strict';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { fileWith, MemoryFolder } from './memoryFolder';

const pair = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

/** What the reference reads and so do we: header, bytes of data, and the tensors with their shapes. */
const WELL_FORMED: [string, string | object, number, Record<string, number[]>][] = [
  ['no tensors', '{}', 0, {}],
  ['white space after the header', '{}\r \t\n', 0, {}],
  ['white space within the header', `{ "a" :\n${JSON.stringify(pair, null, 2)} }`, 8, { a: [2] }],
  ['metadata', { __metadata__: { format: 'pt', '': '' }, a: pair }, 8, { a: [2] }],
  ['metadata that says null', { __metadata__: null, a: pair }, 8, { a: [2] }],
  ['only metadata', { __metadata__: { format: 'pt' } }, 0, {}],
  ['a scalar', { a: { dtype: 'I32', shape: [], data_offsets: [0, 4] } }, 4, { a: [] }],
  ['no elements', { a: { dtype: 'I32', shape: [2, 0], data_offsets: [0, 0] } }, 0, { a: [2, 0] }],
  [
    'an empty tensor between two',
    {
      a: pair,
      b: { dtype: 'F16', shape: [0], data_offsets: [8, 8] },
      c: { dtype: 'F16', shape: [1], data_offsets: [8, 10] },
    },
    10,
    { a: [2], b: [0], c: [1] },
  ],
  [
    'tensors in another order than their bytes',
    { b: { dtype: 'F32', shape: [1], data_offsets: [8, 12] }, a: pair },
    12,
    { a: [2], b: [1] },
  ],
  ['numbers in another spelling', numbersAs('2.0', '8e0'), 8, { a: [2] }],
  ['keys that the format does not know', { a: { ...pair, note: [1] } }, 8, { a: [2] }],
  [
    'more dimensions than any model has',
    { a: { ...pair, shape: [1, 1, 1, 1, 1, 1, 1, 1, 2] } },
    8,
    {
      a: [1, 1, 1, 1, 1, 1, 1, 1, 2],
    },
  ],
  ['an empty name', { '': pair }, 8, { '': [2] }],
  ['a name like a path', { '../../etc/passwd': pair }, 8, { '../../etc/passwd': [2] }],
  [
    'data that is not aligned',
    {
      a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] },
      b: { dtype: 'F64', shape: [1], data_offsets: [1, 9] },
    },
    9,
    { a: [1], b: [1] },
  ],
];

function numbersAs(two: string, eight: string): string {
  return `{"a":{"dtype":"F32","shape":[${two}],"data_offsets":[0,${eight}]}}`;
}

describe('well-formed checkpoints', () => {
  for (const [what, header, data, shapes] of WELL_FORMED) {
    it(`${what} can be read`, async () => {
      const folder = new MemoryFolder({ 'model.safetensors': fileWith(header, data) });
      const checkpoint = await Checkpoint.open(folder);
      const actual: [string, readonly number[]][] = [];
      for (const name of [...checkpoint.names].sort()) {
        const { shape } = checkpoint.entry(name)!;
        const numbers = await checkpoint.read(name, shape);
        assert.equal(
          numbers.length,
          shape.reduce((product, length) => product * length, 1),
        );
        actual.push([name, shape]);
      }
      assert.deepEqual(actual, Object.entries(shapes));
    });
  }

  it('names that every object inherits are names', async () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'];
    const entries = names.map((name, i) => {
      const entry = { dtype: 'F32', shape: [1], data_offsets: [4 * i, 4 * i + 4] };
      return `"${name}":${JSON.stringify(entry)}`;
    });
    const data = Buffer.from(Float32Array.from(names.keys()).buffer);
    const folder = new MemoryFolder({ 'model.safetensors': fileWith(`{${entries.join()}}`, data) });
    const checkpoint = await Checkpoint.open(folder);
    assert.deepEqual([...checkpoint.names], names);
    for (const [i, name] of names.entries())
      assert.deepEqual([...(await checkpoint.read(name, [1]))], [i]);
    assert.equal(checkpoint.entry('isPrototypeOf'), undefined);
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });
});
