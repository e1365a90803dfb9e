import assert from 'node:assert/strict';
import { Checkpoint } from '../../../../src/checkpoint/checkpoint';
import { isPlainName } from '../../../../src/checkpoint/modelFolder';
import { Failure } from '../../../../src/failure/failure';
import type { MemoryFolder } from '../../../unit/checkpoint/memoryFolder';

/** Opens a checkpoint and reads all of it that can be read, asserting that no byte is read twice or beyond what is there. */
export async function readWeights(folder: MemoryFolder, size: number): Promise<void> {
  try {
    const checkpoint = await Checkpoint.open(folder);
    try {
      await readAll(checkpoint);
    } finally {
      await checkpoint.close();
    }
  } finally {
    assert.equal(folder.openFiles, 0, 'files closed');
    assert.ok(folder.bytesRead <= size, `${folder.bytesRead} of ${size} bytes`);
    assert.ok(folder.ranges.every(([name]) => isPlainName(name)));
  }
}

async function readAll(checkpoint: Checkpoint): Promise<void> {
  const unreadable: string[] = [];
  for (const name of checkpoint.names) {
    const { shape } = checkpoint.entry(name)!;
    try {
      const numbers = await checkpoint.read(name, shape);
      assert.equal(
        numbers.length,
        shape.reduce((product, length) => product * length, 1),
      );
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'checkpoint.dtype') throw error;
      unreadable.push(name);
    }
  }
  const unread = checkpoint.unread().filter((name) => checkpoint.names.has(name));
  assert.deepEqual(unread, unreadable);
}
