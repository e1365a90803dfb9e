import type { FileHandle } from 'node:fs/promises';
import type { RangeReader } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';
import { unreadable } from './unreadable';

/** Most bytes asked of the system at once: it refuses 2 GB and more. */
const MAX_READ_BYTES = 1 << 30;

/** Ranges of an open file, which it owns. */
export class FileRange implements RangeReader {
  constructor(
    private readonly handle: FileHandle,
    private readonly folder: string,
    private readonly name: string,
    readonly size: number,
  ) {}

  /** @throws Failure `checkpoint.truncated`, `checkpoint.unreadable` */
  async read(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    await this.readInto(bytes, start);
    return bytes;
  }

  /** @throws Failure `checkpoint.truncated`, `checkpoint.unreadable` */
  async readInto(target: Uint8Array, start: number): Promise<void> {
    let filled = 0;
    while (filled < target.length) {
      // One system call may return less than was asked for.
      const wanted = Math.min(target.length - filled, MAX_READ_BYTES);
      const got = await this.readSome(target, filled, wanted, start + filled);
      if (got === 0) {
        const args = { file: this.name, size: start + filled, expected: start + target.length };
        throw new Failure('checkpoint.truncated', args);
      }
      filled += got;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async readSome(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<number> {
    try {
      return (await this.handle.read(bytes, offset, length, position)).bytesRead;
    } catch (error) {
      throw unreadable(this.folder, this.name, error);
    }
  }
}
