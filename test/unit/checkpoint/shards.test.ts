import assert from 'node:assert/strict';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { MAX_JSON_VALUES } from '../../../src/checkpoint/jsonBounds';
import { MAX_HEADER_BYTES } from '../../../src/checkpoint/safetensorsHeader';
import { MAX_INDEX_BYTES, MAX_SHARDS } from '../../../src/checkpoint/shardIndex';
import type { FailureCode } from '../../../src/failure/messages';
import { assertFails } from './assertFails';
import { fileWith, MemoryFolder } from './memoryFolder';

const INDEX = 'model.safetensors.index.json';
type Files = Record<string, Uint8Array | string>;

const index = (map: unknown): string => JSON.stringify({ metadata: {}, weight_map: map });

/** A shard that holds one float32 under each name. */
function shard(...names: string[]): Uint8Array {
  const entries = names.map((name, i): [string, object] => [
    name,
    { dtype: 'F32', shape: [1], data_offsets: [4 * i, 4 * i + 4] },
  ]);
  return fileWith(Object.fromEntries(entries), Buffer.from(new Float32Array(names.length).buffer));
}

const OUTSIDE = [
  '../x.safetensors',
  '/x.safetensors',
  '//host/x.safetensors',
  'a/x.safetensors',
  'a\\x.safetensors',
  '..\\x.safetensors',
  'C:x.safetensors',
  'x.safetensors:stream',
  '..',
  '.',
  '',
  'x\0.safetensors',
  'config.json',
  '/dev/zero',
];

const REFUSED: [string, Files, FailureCode, object?][] = [
  ['index is no JSON', { [INDEX]: '{' }, 'checkpoint.header'],
  ['index is empty', { [INDEX]: '' }, 'checkpoint.header'],
  ['index is a list', { [INDEX]: '[]' }, 'checkpoint.header'],
  ['index is not UTF-8', { [INDEX]: Buffer.from([0x7b, 0xff, 0x7d]) }, 'checkpoint.text'],
  ['index without a map', { [INDEX]: '{}' }, 'checkpoint.entry', { name: 'weight_map' }],
  ['map is a list', { [INDEX]: index([]) }, 'checkpoint.entry', { name: 'weight_map' }],
  [
    'map is inherited only',
    { [INDEX]: '{"__proto__":{"weight_map":{"a":"s.safetensors"}}}' },
    'checkpoint.entry',
    { name: 'weight_map' },
  ],
  ['index names a number', { [INDEX]: index({ a: 1 }) }, 'checkpoint.entry', { name: 'a' }],
  ['index names null', { [INDEX]: index({ a: null }) }, 'checkpoint.entry', { name: 'a' }],
  [
    'index names a tensor twice',
    { [INDEX]: '{"weight_map":{"a":"s.safetensors","a":"t.safetensors"}}' },
    'checkpoint.duplicateName',
    { name: 'a' },
  ],
  ...OUTSIDE.map((file): [string, Files, FailureCode, object] => [
    `path traversal: index names ${JSON.stringify(file)}`,
    { [INDEX]: index({ a: file }) },
    'checkpoint.pathOutside',
    { file },
  ]),
  [
    'two of three shards are missing',
    {
      [INDEX]: index({ a: 's.safetensors', b: 't.safetensors', c: 'u.safetensors' }),
      's.safetensors': shard('a'),
    },
    'checkpoint.shardMissing',
    { file: 't.safetensors', missing: 2, count: 3 },
  ],
  [
    'a shard lacks a tensor',
    { [INDEX]: index({ b: 's.safetensors' }), 's.safetensors': shard('a') },
    'checkpoint.shardLacks',
    { tensor: 'b', file: 's.safetensors' },
  ],
  [
    'a tensor lies in another shard than the index says',
    {
      [INDEX]: index({ a: 't.safetensors', b: 's.safetensors' }),
      's.safetensors': shard('a'),
      't.safetensors': shard('b'),
    },
    'checkpoint.shardLacks',
    { tensor: 'a', file: 't.safetensors' },
  ],
  [
    'two shards hold one name',
    {
      [INDEX]: index({ a: 's.safetensors', b: 't.safetensors' }),
      's.safetensors': shard('a'),
      't.safetensors': shard('b', 'a'),
    },
    'checkpoint.tensorTwice',
    { tensor: 'a', file: 's.safetensors', other: 't.safetensors' },
  ],
  [
    'a shard is cut short',
    { [INDEX]: index({ a: 's.safetensors' }), 's.safetensors': shard('a').slice(0, -1) },
    'checkpoint.truncated',
    { file: 's.safetensors' },
  ],
  [
    'shard bomb: too many shards',
    {
      [INDEX]: index(
        Object.fromEntries(
          Array.from({ length: MAX_SHARDS + 1 }, (_, i) => [`t${i}`, `${i}.safetensors`]),
        ),
      ),
    },
    'checkpoint.shardCount',
    { count: MAX_SHARDS + 1, limit: MAX_SHARDS },
  ],
  [
    'shard bomb: headers too long together',
    {
      [INDEX]: index({ a: 's.safetensors', b: 't.safetensors' }),
      's.safetensors': fileWith('{}'.padEnd(MAX_HEADER_BYTES / 2), 0),
      't.safetensors': fileWith('{}'.padEnd(MAX_HEADER_BYTES / 2 + 1), 0),
    },
    'checkpoint.headersTooLong',
    { count: 2, limit: MAX_HEADER_BYTES },
  ],
  [
    'index bomb: longer than the limit',
    { [INDEX]: '{}'.padEnd(MAX_INDEX_BYTES + 1) },
    'checkpoint.textTooLong',
    { limit: MAX_INDEX_BYTES },
  ],
  [
    'index bomb: millions of values',
    { [INDEX]: `{"weight_map":[${'0,'.repeat(MAX_JSON_VALUES)}0]}` },
    'checkpoint.jsonValues',
    { limit: MAX_JSON_VALUES },
  ],
  ['index bomb: depth', { [INDEX]: `{"weight_map":${'['.repeat(1e6)}` }, 'checkpoint.jsonDepth'],
];

describe('sharded checkpoints', () => {
  for (const [what, files, code, args] of REFUSED) {
    it(`${what}: ${code}`, async () => {
      const folder = new MemoryFolder(files);
      await assertFails(Checkpoint.open(folder), code, args);
      assert.equal(folder.openFiles, 0, 'files closed');
    });
  }

  it('takes names that every object inherits', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const map = `{${names.map((name) => `"${name}":"s.safetensors"`).join()}}`;
    const checkpoint = await Checkpoint.open(
      new MemoryFolder({ [INDEX]: `{"weight_map":${map}}`, 's.safetensors': shardOf(names) }),
    );
    assert.deepEqual([...checkpoint.names].sort(), names.toSorted());
    for (const name of names) assert.equal((await checkpoint.read(name, [1])).length, 1);
    assert.equal(checkpoint.entry('valueOf'), undefined);
  });

  it('leaves tensors that the index does not list alone, and names them', async () => {
    const checkpoint = await Checkpoint.open(
      new MemoryFolder({
        [INDEX]: index({ a: 's.safetensors', b: 's.safetensors' }),
        's.safetensors': shard('a', 'hidden', 'b'),
      }),
    );
    assert.deepEqual([...checkpoint.names], ['a', 'b']);
    await assertFails(checkpoint.read('hidden', [1]), 'checkpoint.tensorMissing');
    await checkpoint.read('b', [1]);
    assert.deepEqual(checkpoint.unread(), ['a', 'hidden']);
  });

  it('opens a shard once, however many tensors lie in it', async () => {
    const files = {
      [INDEX]: index({ a: 's.safetensors', b: 's.safetensors' }),
      's.safetensors': shard('a', 'b'),
    };
    const folder = new MemoryFolder(files);
    const checkpoint = await Checkpoint.open(folder);
    assert.equal(folder.openFiles, 1);
    await checkpoint.close();
    assert.equal(folder.openFiles, 0);
  });

  it('does not look at the index where model.safetensors is', async () => {
    const files = { [INDEX]: '{', 'model.safetensors': shard('a') };
    assert.deepEqual([...(await Checkpoint.open(new MemoryFolder(files))).names], ['a']);
  });

  it('stops between shards when cancelled', async () => {
    const abort = new AbortController();
    const map = { a: 's.safetensors', b: 't.safetensors' };
    const folder = new MemoryFolder({ [INDEX]: index(map), 's.safetensors': shard('a') });
    abort.abort();
    await assertFails(Checkpoint.open(folder, abort.signal), 'run.cancelled');
    assert.equal(folder.openFiles, 0);
  });
});

/** As `shard`, with names that no object literal can hold. */
function shardOf(names: readonly string[]): Uint8Array {
  const entries = names.map(
    (name, i) =>
      `${JSON.stringify(name)}:{"dtype":"F32","shape":[1],"data_offsets":[${4 * i},${4 * i + 4}]}`,
  );
  return fileWith(`{${entries.join()}}`, 4 * names.length);
}
