import assert from 'node:assert/strict';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';
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
  ['no header', fileWith('', 0), 'checkpoint.header'],
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

/** Asserts that a promise fails with a code and (some) arguments. */
async function assertFails(
  promise: Promise<unknown>,
  code: FailureCode,
  args: object = {},
): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(args)) assert.equal(error.args[name], value, name);
    return true;
  });
}

describe('malformed checkpoints', () => {
  for (const [what, bytes, code, args] of MALFORMED) {
    it(`${what}: ${code}`, async () => {
      const folder = new MemoryFolder({ 'model.safetensors': bytes });
      await assertFails(Checkpoint.open(folder), code, args);
      assert.equal(folder.openFiles, 0, 'files closed');
    });
  }

  const index = (map: unknown): string => JSON.stringify({ weight_map: map });
  const shard = fileWith({ a: pair }, 8);
  const SHARDED: [string, Record<string, Uint8Array | string>, FailureCode, object?][] = [
    ['nothing there', {}, 'checkpoint.missing', { file: 'model.safetensors' }],
    [
      'only a pickle',
      { 'pytorch_model.bin': '' },
      'checkpoint.format',
      { found: 'pytorch_model.bin' },
    ],
    [
      'only gguf and onnx',
      { 'm.onnx': '', 'm.gguf': '' },
      'checkpoint.format',
      { found: 'm.gguf, m.onnx' },
    ],
    ['index is no JSON', { 'model.safetensors.index.json': '{' }, 'checkpoint.header'],
    [
      'index without a map',
      { 'model.safetensors.index.json': '{}' },
      'checkpoint.entry',
      { name: 'weight_map' },
    ],
    [
      'index names a number',
      { 'model.safetensors.index.json': index({ a: 1 }) },
      'checkpoint.entry',
      { name: 'a' },
    ],
    ...[
      '../x.safetensors',
      '/x.safetensors',
      'a/x.safetensors',
      'a\\x.safetensors',
      'C:x.safetensors',
      '..',
      '',
      'x\0.safetensors',
      'config.json',
    ].map((file): [string, Record<string, string>, FailureCode, object] => [
      `index names ${JSON.stringify(file)}`,
      { 'model.safetensors.index.json': index({ a: file }) },
      'checkpoint.pathOutside',
      { file },
    ]),
    [
      'a shard is missing',
      { 'model.safetensors.index.json': index({ a: 's.safetensors' }) },
      'checkpoint.missing',
      { file: 's.safetensors' },
    ],
    [
      'a shard lacks a tensor',
      { 'model.safetensors.index.json': index({ b: 's.safetensors' }), 's.safetensors': shard },
      'checkpoint.tensorMissing',
      { tensor: 'b' },
    ],
    [
      'a shard is cut short',
      {
        'model.safetensors.index.json': index({ a: 's.safetensors' }),
        's.safetensors': shard.slice(0, -1),
      },
      'checkpoint.truncated',
      { file: 's.safetensors' },
    ],
    [
      'too many shards',
      {
        'model.safetensors.index.json': index(
          Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`t${i}`, `${i}.safetensors`])),
        ),
      },
      'checkpoint.shardCount',
      { count: 1001 },
    ],
  ];
  for (const [what, files, code, args] of SHARDED) {
    it(`${what}: ${code}`, async () => {
      const folder = new MemoryFolder(files);
      await assertFails(Checkpoint.open(folder), code, args);
      assert.equal(folder.openFiles, 0, 'files closed');
    });
  }

  it('refuses a tensor of another shape, a missing one and a type it cannot read', async () => {
    const bytes = fileWith(
      { a: pair, b: { dtype: 'F8_E4M3', shape: [4], data_offsets: [8, 12] } },
      12,
    );
    const checkpoint = await Checkpoint.open(new MemoryFolder({ 'model.safetensors': bytes }));
    await assertFails(checkpoint.read('a', [2, 1]), 'checkpoint.tensorShape', {
      actual: '2',
      expected: '2, 1',
    });
    await assertFails(checkpoint.read('c', [2]), 'checkpoint.tensorMissing', { tensor: 'c' });
    await assertFails(checkpoint.read('b', [4]), 'checkpoint.dtype', { dtype: 'F8_E4M3' });
  });

  it('stops when cancelled', async () => {
    const abort = new AbortController();
    const folder = new MemoryFolder({ 'model.safetensors': fileWith({ a: pair }, 8) });
    const checkpoint = await Checkpoint.open(folder, abort.signal);
    abort.abort();
    await assertFails(checkpoint.read('a', [2]), 'run.cancelled');
    await checkpoint.close();
    assert.equal(folder.openFiles, 0);
  });
});
