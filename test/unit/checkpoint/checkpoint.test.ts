import assert from 'node:assert/strict';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { safetensorsBytes } from '../../../src/checkpoint/writeSafetensors';
import { fileWith, MemoryFolder } from './memoryFolder';

const open = (bytes: Uint8Array): Promise<Checkpoint> =>
  Checkpoint.open(new MemoryFolder({ 'model.safetensors': bytes }));

/** One tensor `t` of a type, with its bytes. */
const single = (dtype: string, data: ArrayBuffer, shape: number[]): Uint8Array =>
  fileWith({ t: { dtype, shape, data_offsets: [0, data.byteLength] } }, new Uint8Array(data));

describe('checkpoint', () => {
  it('reads the header and then only the ranges asked for', async () => {
    const bytes = safetensorsBytes([
      { name: 'a', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
      { name: 'b', shape: [], data: Float32Array.of(7) },
    ]);
    const folder = new MemoryFolder({ 'model.safetensors': bytes });
    const seen: [number, number][] = [];
    const checkpoint = await Checkpoint.open(folder, undefined, (read, total) =>
      seen.push([read, total]),
    );
    assert.deepEqual([...checkpoint.names], ['a', 'b']);
    assert.deepEqual(checkpoint.entry('a')?.shape, [2, 3]);
    assert.equal(checkpoint.entry('c'), undefined);
    assert.deepEqual([...(await checkpoint.read('b', []))], [7]);
    const data = bytes.length - 28;
    assert.deepEqual(folder.ranges, [
      ['model.safetensors', 0, 8],
      ['model.safetensors', 8, data],
      ['model.safetensors', data + 24, data + 28],
    ]);
    assert.deepEqual(seen, [[4, 28]]);
  });

  it('prefers model.safetensors and else follows the shard index', async () => {
    const shard = (name: string, value: number): Uint8Array =>
      safetensorsBytes([{ name, shape: [1], data: Float32Array.of(value) }]);
    const index = JSON.stringify({
      metadata: {},
      weight_map: { a: 'x-1.safetensors', b: 'x-2.safetensors' },
    });
    const shards = {
      'model.safetensors.index.json': index,
      'x-1.safetensors': shard('a', 1),
      'x-2.safetensors': shard('b', 2),
    };
    const sharded = await Checkpoint.open(new MemoryFolder(shards));
    assert.deepEqual(
      [...(await sharded.read('a', [1])), ...(await sharded.read('b', [1]))],
      [1, 2],
    );
    const whole = await Checkpoint.open(
      new MemoryFolder({ ...shards, 'model.safetensors': shard('a', 3) }),
    );
    assert.deepEqual([...(await whole.read('a', [1]))], [3]);
    assert.deepEqual([...whole.names], ['a']);
  });

  it('takes empty tensors, odd names and padding after the header', async () => {
    const entry = { dtype: 'F32', shape: [0, 4], data_offsets: [0, 0] };
    const header = `${JSON.stringify({ empty: entry })}      `;
    assert.deepEqual([...(await (await open(fileWith(header, 0))).read('empty', [0, 4]))], []);
    const proto = '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    assert.deepEqual([...(await (await open(fileWith(proto, 4))).read('__proto__', [1]))], [0]);
  });

  const INTEGERS: [string, ArrayBuffer, number[]][] = [
    ['F64', Float64Array.of(0.1, -2).buffer, [Math.fround(0.1), -2]],
    ['BOOL', Uint8Array.of(0, 1).buffer, [0, 1]],
    ['U8', Uint8Array.of(255, 1).buffer, [255, 1]],
    ['I8', Int8Array.of(-128, 1).buffer, [-128, 1]],
    ['U16', Uint16Array.of(65535, 1).buffer, [65535, 1]],
    ['I16', Int16Array.of(-32768, 1).buffer, [-32768, 1]],
    ['U32', Uint32Array.of(2 ** 31, 1).buffer, [2 ** 31, 1]],
    ['I32', Int32Array.of(-5, 1).buffer, [-5, 1]],
    ['U64', BigUint64Array.of(2n ** 40n, 1n).buffer, [2 ** 40, 1]],
    ['I64', BigInt64Array.of(-(2n ** 40n), 1n).buffer, [-(2 ** 40), 1]],
  ];
  for (const [dtype, bytes, numbers] of INTEGERS) {
    it(`widens ${dtype}`, async () => {
      assert.deepEqual(
        [...(await (await open(single(dtype, bytes, [2]))).read('t', [2]))],
        numbers,
      );
    });
  }

  it('widens every float16 as its definition says', async () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const numbers = await (await open(single('F16', bits.buffer, [65536]))).read('t', [65536]);
    for (const [half, actual] of numbers.entries()) {
      const sign = half & 0x8000 ? -1 : 1;
      const exponent = (half >> 10) & 31;
      const fraction = half & 1023;
      const special = fraction === 0 ? sign * Infinity : NaN;
      const expected =
        exponent === 31
          ? special
          : exponent === 0
            ? sign * fraction * 2 ** -24
            : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
      assert.ok(Object.is(actual, expected), `0x${half.toString(16)}: ${actual} for ${expected}`);
    }
  });

  it('widens bfloat16 as the upper half of float32', async () => {
    const floats = Float32Array.of(1, -0.15625, 3.3895313892515355e38, 0, -0);
    const upper = Uint16Array.from(new Uint32Array(floats.buffer), (word) => word >>> 16);
    const numbers = await (await open(single('BF16', upper.buffer, [5]))).read('t', [5]);
    assert.deepEqual([...numbers], [...floats]);
  });
});
