import type { RangeReader } from './modelFolder';
import { storedType } from './widen';

const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/**
 * Memory in which stored numbers become float32, in place: they are read to its end and widened from
 * its beginning, so a checkpoint of float16 never lies in memory besides its weights.
 */
export class Staging {
  /** One is read to while the other one is used. */
  private buffers = [new ArrayBuffer(0), new ArrayBuffer(0)];

  /**
   * Numbers stored from a byte of a file on, so many at a time; each piece is valid until the next is
   * asked for.
   * @param dtype one that can be read
   */
  async *pieces(
    reader: RangeReader,
    dtype: string,
    start: number,
    counts: readonly number[],
  ): AsyncGenerator<Float32Array, void> {
    const { bytes } = storedType(dtype)!;
    let at = start;
    const read = (piece: number): Promise<Float32Array> => {
      const from = at;
      at += counts[piece]! * bytes;
      return this.read(reader, dtype, from, counts[piece]!);
    };
    let coming: Promise<Float32Array> | null = null;
    try {
      for (const piece of counts.keys()) {
        const numbers: Float32Array = await (coming ?? read(piece));
        coming = piece + 1 < counts.length ? read(piece + 1) : null;
        yield numbers;
      }
    } finally {
      // Nobody wants it any more, but its file must not be closed before.
      await coming?.catch(() => undefined);
    }
  }

  private async read(
    reader: RangeReader,
    dtype: string,
    start: number,
    count: number,
  ): Promise<Float32Array> {
    const stored = storedType(dtype)!;
    const bytes = count * stored.bytes;
    const buffer = this.next(Math.max(bytes, count * FLOAT_BYTES));
    const offset = Math.max(0, count * FLOAT_BYTES - bytes);
    await reader.readInto(new Uint8Array(buffer, offset, bytes), start);
    const numbers = new Float32Array(buffer, 0, count);
    stored.widen(buffer, offset, numbers);
    return numbers;
  }

  /** The buffer that is not in use, with room for so many bytes. */
  private next(bytes: number): ArrayBuffer {
    const [used, free] = this.buffers as [ArrayBuffer, ArrayBuffer];
    const buffer = free.byteLength < bytes ? new ArrayBuffer(bytes) : free;
    this.buffers = [buffer, used];
    return buffer;
  }
}
