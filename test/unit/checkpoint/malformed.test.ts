import assert from 'node:assert/strict';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { MAX_JSON_DEPTH, MAX_JSON_VALUES } from '../../../src/checkpoint/jsonBounds';
import type { FailureCode } from '../../../src/failure/messages';
import { assertFails } from './assertFails';
import { fileWith, MemoryFolder } from './memoryFolder';

/** An entry of two float32 numbers at the beginning of the data. */
const pair = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
const next = { dtype: 'F32', shape: [1], data_offsets: [8, 12] };

const lengthOnly = (length: bigint): Uint8Array => {
  const bytes = Buffer.alloc(64);
  bytes.writeBigUInt64LE(length);
  return bytes;
};

/** What is wrong with `model.safetensors`, its bytes, the code it must be refused with, and arguments of note. */
const MALFORMED: [string, Uint8Array, FailureCode, object?][] = [
  ['empty', new Uint8Array(), 'checkpoint.truncated', { size: 0, expected: 8 }],
  ['seven bytes', new Uint8Array(7), 'checkpoint.truncated', { size: 7, expected: 8 }],
  [
    'header longer than the file',
    lengthOnly(100n),
    'checkpoint.truncated',
    { size: 64, expected: 108 },
  ],
  [
    'header above the limit',
    lengthOnly(25_000_001n),
    'checkpoint.headerTooLong',
    { length: '25000001' },
  ],
  ['header of 2^63 bytes', lengthOnly(2n ** 63n), 'checkpoint.headerTooLong'],
  ['length without a header', lengthOnly(60n).slice(0, 8), 'checkpoint.truncated'],
  ['header of 2^64 - 1 bytes', lengthOnly(2n ** 64n - 1n), 'checkpoint.headerTooLong'],
  ['no header', fileWith('', 0), 'checkpoint.header'],
  ['header is one brace', fileWith('{', 0), 'checkpoint.header'],
  ['white space before the header', fileWith('\t\n{}\r ', 0), 'checkpoint.header'],
  ['byte order mark before the header', fileWith('\ufeff{}', 0), 'checkpoint.header'],
  ['NUL after the header', fileWith('{}\0', 0), 'checkpoint.header'],
  ['two headers', fileWith('{}{}', 0), 'checkpoint.header'],
  ['header is one byte of no UTF-8', fileWith(Buffer.from([0xff]), 0), 'checkpoint.header'],
  [
    'header nests a million deep',
    fileWith(`{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`, 0),
    'checkpoint.jsonDepth',
    { limit: MAX_JSON_DEPTH },
  ],
  [
    'header holds millions of values',
    fileWith(`{"a":[${'{},'.repeat(MAX_JSON_VALUES)}{}]}`, 0),
    'checkpoint.jsonValues',
    { limit: MAX_JSON_VALUES },
  ],
  ['header is no JSON', fileWith('{"a":', 0), 'checkpoint.header'],
  ['header is an array', fileWith('[]', 0), 'checkpoint.header'],
  ['header is null', fileWith('null', 0), 'checkpoint.header'],
  ['header is not UTF-8', fileWith(Buffer.from([0x7b, 0xff, 0x7d]), 0), 'checkpoint.header'],
  [
    'a Git LFS pointer',
    Buffer.from('version https://git-lfs.github.com/spec/v1\n'),
    'checkpoint.headerTooLong',
  ],
  [
    'name twice',
    fileWith(`{"a":${JSON.stringify(pair)},"a":${JSON.stringify(pair)}}`, 8),
    'checkpoint.duplicateName',
    { name: 'a' },
  ],
  [
    'name twice, spelled differently',
    fileWith(`{"a":${JSON.stringify(pair)},"\\u0061":${JSON.stringify(pair)}}`, 8),
    'checkpoint.duplicateName',
    { name: 'a' },
  ],
  [
    'key of an entry twice',
    fileWith('{"a":{"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,8]}}', 8),
    'checkpoint.duplicateName',
    { name: 'dtype' },
  ],
  [
    'metadata is text',
    fileWith({ __metadata__: 'x' }, 0),
    'checkpoint.entry',
    { name: '__metadata__' },
  ],
  ['metadata holds a number', fileWith({ __metadata__: { a: 1 } }, 0), 'checkpoint.entry'],
  ['metadata is a list', fileWith({ __metadata__: ['a'] }, 0), 'checkpoint.entry'],
  ['metadata holds an object', fileWith({ __metadata__: { a: {} } }, 0), 'checkpoint.entry'],
  ['entry is a list', fileWith({ a: ['F32', [2], [0, 8]] }, 8), 'checkpoint.entry'],
  ['entry is empty', fileWith({ a: {} }, 0), 'checkpoint.entry'],
  [
    'entry is inherited only',
    fileWith(`{"a":{"__proto__":${JSON.stringify(pair)}}}`, 8),
    'checkpoint.entry',
    { name: 'a' },
  ],
  ['entry is null', fileWith({ a: null }, 0), 'checkpoint.entry', { name: 'a' }],
  [
    'entry without dtype',
    fileWith({ a: { shape: [2], data_offsets: [0, 8] } }, 8),
    'checkpoint.entry',
  ],
  ['dtype is a number', fileWith({ a: { ...pair, dtype: 32 } }, 8), 'checkpoint.entry'],
  [
    'entry without shape',
    fileWith({ a: { dtype: 'F32', data_offsets: [0, 8] } }, 8),
    'checkpoint.entry',
  ],
  ['negative length', fileWith({ a: { ...pair, shape: [-2] } }, 8), 'checkpoint.entry'],
  [
    'length -0', // found by the fuzz test: a number that equals 0 and is not the same
    fileWith('{"a":{"dtype":"F32","shape":[0,-0],"data_offsets":[0,0]}}', 0),
    'checkpoint.entry',
  ],
  ['fractional length', fileWith({ a: { ...pair, shape: [2.5] } }, 8), 'checkpoint.entry'],
  [
    'length 1e999',
    fileWith('{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,8]}}', 8),
    'checkpoint.entry',
  ],
  [
    'elements overflow',
    fileWith({ a: { ...pair, shape: [2 ** 40, 2 ** 40] } }, 8),
    'checkpoint.entry',
  ],
  [
    'elements overflow before a 0',
    fileWith({ a: { ...pair, shape: [2 ** 40, 2 ** 40, 0], data_offsets: [0, 0] } }, 0),
    'checkpoint.entry',
  ],
  [
    'elements beyond 2^53',
    fileWith({ a: { ...pair, dtype: 'U8', shape: [2 ** 53] } }, 8),
    'checkpoint.entry',
  ],
  [
    'length 2^53 + 1, which no number holds',
    fileWith('{"a":{"dtype":"U8","shape":[9007199254740993],"data_offsets":[0,8]}}', 8),
    'checkpoint.entry',
  ],
  [
    'length 2^64 - 2',
    fileWith('{"a":{"dtype":"I32","shape":[2,18446744073709551614],"data_offsets":[0,16]}}', 16),
    'checkpoint.entry',
  ],
  [
    'length 2^63 - 1',
    fileWith('{"a":{"dtype":"I32","shape":[2,9223372036854775807],"data_offsets":[0,16]}}', 16),
    'checkpoint.entry',
  ],
  [
    'bytes overflow',
    fileWith({ a: { dtype: 'F64', shape: [2 ** 53 - 1], data_offsets: [0, 8] } }, 8),
    'checkpoint.tensorBytes',
    { actual: 8 },
  ],
  [
    'bytes wrap around to those there',
    fileWith({ a: { dtype: 'F64', shape: [2 ** 31, 2 ** 30 + 1], data_offsets: [0, 2 ** 31] } }, 8),
    'checkpoint.entry',
  ],
  ['length in quotes', fileWith({ a: { ...pair, shape: ['2'] } }, 8), 'checkpoint.entry'],
  ['length in brackets', fileWith({ a: { ...pair, shape: [[2]] } }, 8), 'checkpoint.entry'],
  ['length is true', fileWith({ a: { ...pair, shape: [true, 2] } }, 8), 'checkpoint.entry'],
  ['shape is null', fileWith({ a: { ...pair, shape: null } }, 8), 'checkpoint.entry'],
  ['shape is a number', fileWith({ a: { ...pair, shape: 2 } }, 8), 'checkpoint.entry'],
  ['offsets are null', fileWith({ a: { ...pair, data_offsets: null } }, 8), 'checkpoint.entry'],
  ['offset 2^53', fileWith({ a: { ...pair, data_offsets: [0, 2 ** 53] } }, 8), 'checkpoint.entry'],
  ['offset is 0.5', fileWith({ a: { ...pair, data_offsets: [0.5, 8.5] } }, 9), 'checkpoint.entry'],
  ['offset in quotes', fileWith({ a: { ...pair, data_offsets: [0, '8'] } }, 8), 'checkpoint.entry'],
  [
    'a scalar without bytes',
    fileWith({ a: { dtype: 'F32', shape: [], data_offsets: [0, 0] } }, 0),
    'checkpoint.tensorBytes',
    { actual: 0, expected: 4 },
  ],
  [
    'half a byte over',
    fileWith({ a: { dtype: 'F4', shape: [3], data_offsets: [0, 2] } }, 2),
    'checkpoint.tensorBytes',
    { actual: 2, expected: 1.5 },
  ],
  ['one offset', fileWith({ a: { ...pair, data_offsets: [0] } }, 8), 'checkpoint.entry'],
  ['three offsets', fileWith({ a: { ...pair, data_offsets: [0, 8, 8] } }, 8), 'checkpoint.entry'],
  ['negative offset', fileWith({ a: { ...pair, data_offsets: [-8, 0] } }, 8), 'checkpoint.entry'],
  ['offsets reversed', fileWith({ a: { ...pair, data_offsets: [8, 0] } }, 8), 'checkpoint.entry'],
  [
    'shape asks for more bytes',
    fileWith({ a: { ...pair, shape: [3] } }, 8),
    'checkpoint.tensorBytes',
    { actual: 8, expected: 12 },
  ],
  [
    'dtype asks for fewer bytes',
    fileWith({ a: { ...pair, dtype: 'F16' } }, 8),
    'checkpoint.tensorBytes',
    { actual: 8, expected: 4 },
  ],
  [
    'tensors overlap',
    fileWith({ a: pair, b: { ...next, data_offsets: [4, 8] } }, 8),
    'checkpoint.overlap',
    { tensor: 'b' },
  ],
  ['two tensors share bytes', fileWith({ a: pair, b: pair }, 8), 'checkpoint.overlap'],
  [
    'ten tensors share bytes',
    fileWith(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`w${i}`, pair])), 8),
    'checkpoint.overlap',
  ],
  [
    'an empty tensor within another',
    fileWith({ a: pair, b: { dtype: 'F32', shape: [0], data_offsets: [4, 4] } }, 8),
    'checkpoint.overlap',
    { tensor: 'b' },
  ],
  [
    'an empty tensor beyond the end',
    fileWith({ a: pair, b: { dtype: 'F32', shape: [0], data_offsets: [16, 16] } }, 8),
    'checkpoint.gap',
    { tensor: 'b', bytes: 8 },
  ],
  ['hole before the first', fileWith({ b: next }, 12), 'checkpoint.gap', { tensor: 'b', bytes: 8 }],
  [
    'hole between two',
    fileWith({ a: pair, b: { ...next, data_offsets: [12, 16] } }, 16),
    'checkpoint.gap',
    { bytes: 4 },
  ],
  ['data cut short', fileWith({ a: pair, b: next }, 10), 'checkpoint.truncated'],
  ['no data at all', fileWith({ a: pair }, 0), 'checkpoint.truncated'],
  ['data goes on', fileWith({ a: pair }, 9), 'checkpoint.trailing', { bytes: 1 }],
  [
    'offset beyond all files',
    fileWith({ a: { ...pair, dtype: 'X9', data_offsets: [0, Number.MAX_SAFE_INTEGER - 1000] } }, 8),
    'checkpoint.truncated',
  ],
];

describe('malformed checkpoints', () => {
  for (const [what, bytes, code, args] of MALFORMED) {
    it(`${what}: ${code}`, async () => {
      const folder = new MemoryFolder({ 'model.safetensors': bytes });
      await assertFails(Checkpoint.open(folder), code, args);
      assert.equal(folder.openFiles, 0, 'files closed');
    });
  }
});
