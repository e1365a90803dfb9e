import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Checkpoint, NUMBERS_AT_ONCE } from '../../../src/checkpoint/checkpoint';
import { widen } from '../../../src/checkpoint/widen';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { assertFails } from './assertFails';
import { fileWith, MemoryFolder } from './memoryFolder';

const WIDTH = 1000;
/** Two pieces and a bit. */
const ROWS = Math.floor((2.2 * NUMBERS_AT_ONCE) / WIDTH);
const COUNT = ROWS * WIDTH;

const BYTES: Readonly<Record<string, number>> = {
  ...{ BOOL: 1, U8: 1, I8: 1, U16: 2, I16: 2, F16: 2, BF16: 2 },
  ...{ U32: 4, I32: 4, F32: 4, U64: 8, I64: 8, F64: 8 },
};

/** Every byte there is, and every pair of bytes. */
const bytesOf = (dtype: string): Uint8Array =>
  Uint8Array.from({ length: COUNT * BYTES[dtype]! }, (_, i) => ((i >> 8) * 7 + i) & 0xff);

function folderWith(dtype: string, bytes: Uint8Array): MemoryFolder {
  const a = { dtype, shape: [ROWS, WIDTH], data_offsets: [0, bytes.length] };
  return new MemoryFolder({ 'model.safetensors': fileWith({ a }, bytes) });
}

/** Bits, so that what is no number counts too. */
const bits = (numbers: Float32Array): Uint32Array =>
  new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);

describe('reading a tensor some rows at a time', () => {
  for (const dtype of Object.keys(BYTES)) {
    it(`gives the very bits of ${dtype} that reading it whole gives`, async () => {
      const bytes = bytesOf(dtype);
      const checkpoint = await Checkpoint.open(folderWith(dtype, bytes));
      const all = new Float32Array(COUNT);
      const firsts: number[] = [];
      await checkpoint.readRows('a', [ROWS, WIDTH], 8, (rows, firstRow) => {
        all.set(rows, firstRow * WIDTH);
        firsts.push(firstRow);
        rows.fill(Number.NaN); // its own until it returns
      });
      const atOnce = 8 * Math.floor(NUMBERS_AT_ONCE / (8 * WIDTH));
      assert.deepEqual(firsts, [0, atOnce, 2 * atOnce]);
      assert.deepEqual(bits(all), bits(widen(dtype, bytes)!));
      assert.deepEqual(bits(await checkpoint.read('a', [ROWS, WIDTH])), bits(all));
    });
  }

  it('reads each byte once, and as many at a time as it has room for', async () => {
    const bytes = bytesOf('F16');
    const folder = folderWith('F16', bytes);
    const checkpoint = await Checkpoint.open(folder);
    const header = folder.bytesRead;
    await checkpoint.readRows('a', [ROWS, WIDTH], 1, () => undefined);
    assert.equal(folder.bytesRead - header, bytes.length);
    const longest = Math.max(...folder.ranges.map(([, start, end]) => end - start));
    assert.equal(longest, 2 * WIDTH * Math.floor(NUMBERS_AT_ONCE / WIDTH));
    assert.deepEqual(checkpoint.unread(), []);
  });

  it('reads as many rows as come at once, however long they are', async () => {
    const shape = [16, NUMBERS_AT_ONCE];
    const a = { dtype: 'U8', shape, data_offsets: [0, 16 * NUMBERS_AT_ONCE] };
    const file = fileWith({ a }, 16 * NUMBERS_AT_ONCE);
    const checkpoint = await Checkpoint.open(new MemoryFolder({ 'model.safetensors': file }));
    const firsts: number[] = [];
    await checkpoint.readRows('a', shape, 8, (_, firstRow) => firsts.push(firstRow));
    assert.deepEqual(firsts, [0, 8]);
  });

  it('tells how far it is, and stops between two pieces when cancelled', async () => {
    const abort = new AbortController();
    const told: number[] = [];
    const folder = folderWith('F16', bytesOf('F16'));
    const checkpoint = await Checkpoint.open(folder, abort.signal, (read, total) => {
      told.push(read / total);
      if (told.length === 2) abort.abort();
    });
    const taken: number[] = [];
    const reading = checkpoint.readRows('a', [ROWS, WIDTH], 1, (_, row) => taken.push(row));
    await assertFails(reading, 'run.cancelled');
    assert.equal(taken.length, 2);
    assert.ok(0 < told[0]! && told[0]! < told[1]! && told[1]! < 1);
    assert.deepEqual(checkpoint.unread(), ['a'], 'what was given up was not read');
  });

  it('says so where the file became shorter meanwhile', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-rows-'));
    try {
      const file = path.join(folder, 'model.safetensors');
      const bytes = bytesOf('F32');
      const a = { dtype: 'F32', shape: [ROWS, WIDTH], data_offsets: [0, bytes.length] };
      await writeFile(file, fileWith({ a }, bytes));
      const checkpoint = await Checkpoint.open(new NodeModelFolder(folder));
      await truncate(file, bytes.length / 2);
      const reading = checkpoint.readRows('a', [ROWS, WIDTH], 1, () => undefined);
      await assertFails(reading, 'checkpoint.truncated');
      await checkpoint.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
