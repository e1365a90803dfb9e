import assert from 'node:assert/strict';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { Failure } from '../../../src/failure/failure';
import { assertFails } from './assertFails';
import { fileWith, MemoryFolder } from './memoryFolder';

const pair = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
const open = (header: object, data: number): Promise<Checkpoint> =>
  Checkpoint.open(new MemoryFolder({ 'model.safetensors': fileWith(header, data) }));

/** Types that hold numbers only together with scales, or no real numbers; and ones no one knows. Bits an element. */
const UNREADABLE: [dtype: string, bits: number][] = [
  ['F8_E4M3', 8],
  ['F8_E5M2', 8],
  ['F8_E8M0', 8],
  ['F8_E4M3FNUZ', 8],
  ['F8_E5M2FNUZ', 8],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ['F4', 4],
  ['C64', 64],
  ['F128', 128],
  ['f32', 32],
  ['__proto__', 32],
  ['constructor', 32],
  ['', 32],
];
/** Types that are read when they are asked for, and are no hindrance where they are not. Bits an element. */
const READABLE: [dtype: string, bits: number][] = [
  ...['BOOL', 'U8', 'I8'].map((dtype): [string, number] => [dtype, 8]),
  ...['U16', 'I16', 'F16', 'BF16'].map((dtype): [string, number] => [dtype, 16]),
  ...['U32', 'I32', 'F32'].map((dtype): [string, number] => [dtype, 32]),
  ...['U64', 'I64', 'F64'].map((dtype): [string, number] => [dtype, 64]),
];

describe('reading tensors', () => {
  for (const [dtype, bits] of [...UNREADABLE, ...READABLE]) {
    it(`a ${dtype || 'nameless'} buffer that no one asks for is no hindrance`, async () => {
      const bytes = bits; // of 8 elements
      const buffer = { dtype, shape: [8], data_offsets: [8, 8 + bytes] };
      const checkpoint = await open({ a: pair, buffer }, 8 + bytes);
      assert.deepEqual([...(await checkpoint.read('a', [2]))], [0, 0]);
      assert.deepEqual(checkpoint.unread(), ['buffer']);
    });
  }

  for (const [dtype, bits] of UNREADABLE) {
    it(`a ${dtype || 'nameless'} tensor that is asked for is refused by name`, async () => {
      const checkpoint = await open({ a: { dtype, shape: [8], data_offsets: [0, bits] } }, bits);
      await assertFails(checkpoint.read('a', [8]), 'checkpoint.dtype', {
        ...{ tensor: 'a', file: 'model.safetensors', dtype },
      });
      assert.deepEqual(checkpoint.unread(), ['a'], 'what was refused was not read');
    });
  }

  it('refuses a tensor of another shape, naming both', async () => {
    const checkpoint = await open({ a: pair }, 8);
    for (const expected of [[2, 1], [1, 2], [1], [3], []]) {
      await assertFails(checkpoint.read('a', expected), 'checkpoint.tensorShape', {
        ...{ tensor: 'a', file: 'model.safetensors', actual: '2' },
        expected: expected.join(', '),
      });
    }
  });

  it('names a missing tensor and what is most like it', async () => {
    const names = ['encoder.layer.0.fc1.weight', 'encoder.layer.0.fc1.bias', 'pooler.dense.weight'];
    const header = Object.fromEntries(
      names.map((name, i) => [name, { dtype: 'U8', shape: [1], data_offsets: [i, i + 1] }]),
    );
    const checkpoint = await open(header, names.length);
    const NEAREST = {
      'bert.encoder.layer.0.fc1.weight': 'encoder.layer.0.fc1.weight',
      'encoder.layer.1.fc1.bias': 'encoder.layer.0.fc1.bias',
      'pooler.dense.bias': 'pooler.dense.weight',
      'something.else': 'encoder.layer.0.fc1.weight',
    };
    for (const [tensor, nearest] of Object.entries(NEAREST)) {
      await assertFails(checkpoint.read(tensor, [1]), 'checkpoint.tensorMissing', {
        ...{ tensor, nearest, folder: 'memory' },
      });
    }
  });

  it('says so where there are no tensors at all', async () => {
    await assertFails((await open({}, 0)).read('a', [1]), 'checkpoint.noTensors');
  });

  it('cuts what a message would repeat of an endless name or shape', async () => {
    const name = `x${'👍'.repeat(1e5)}`;
    const shape = [...Array.from({ length: 1e5 }, () => 1), 2];
    const checkpoint = await open({ [name]: { ...pair, shape } }, 8);
    const failure: unknown = await checkpoint.read(name, [2]).catch((error: unknown) => error);
    assert.ok(failure instanceof Failure);
    assert.ok(failure.message.length < 10_000);
    assert.ok(String(failure.args['tensor']).endsWith('👍…'));
  });

  it('knows what was never read', async () => {
    const header = { a: pair, b: { ...pair, data_offsets: [8, 16] } };
    const checkpoint = await open(header, 16);
    assert.deepEqual(checkpoint.unread(), ['a', 'b']);
    await checkpoint.read('b', [2]);
    await checkpoint.read('b', [2]);
    assert.deepEqual(checkpoint.unread(), ['a']);
    await checkpoint.read('a', [2]);
    assert.deepEqual(checkpoint.unread(), []);
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
