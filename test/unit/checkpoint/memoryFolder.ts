import assert from 'node:assert/strict';
import type { ModelFolder, RangeReader } from '../../../src/checkpoint/modelFolder';
import { Failure } from '../../../src/failure/failure';

/** A model folder in memory that counts what is open and which ranges were read. */
export class MemoryFolder implements ModelFolder {
  readonly path = 'memory';
  readonly ranges: [name: string, start: number, end: number][] = [];
  openFiles = 0;
  private readonly files: ReadonlyMap<string, Uint8Array>;

  constructor(files: Readonly<Record<string, Uint8Array | string>>) {
    this.files = new Map(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? Buffer.from(content) : content,
      ]),
    );
  }

  /** Bytes that were asked for. */
  get bytesRead(): number {
    return this.ranges.reduce((sum, [, start, end]) => sum + end - start, 0);
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  open(name: string): Promise<RangeReader | null> {
    const bytes = this.files.get(name);
    if (bytes === undefined) return Promise.resolve(null);
    this.openFiles++;
    const range = (start: number, end: number): Uint8Array => {
      assert.ok(0 <= start && start <= end && end <= bytes.length, `${name}: ${start}-${end}`);
      this.ranges.push([name, start, end]);
      return bytes.subarray(start, end);
    };
    return Promise.resolve({
      size: bytes.length,
      read: (start, end) => Promise.resolve(new Uint8Array(range(start, end))),
      readInto: (target, start) => {
        target.set(range(start, start + target.length));
        return Promise.resolve();
      },
      close: () => {
        this.openFiles--;
        return Promise.resolve();
      },
    });
  }

  async text(name: string, limit = Infinity): Promise<string | null> {
    const reader = await this.open(name);
    if (reader === null) return null;
    const { size } = reader;
    await reader.close();
    const args = { file: name, folder: this.path };
    if (size > limit) throw new Failure('checkpoint.textTooLong', { ...args, size, limit });
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.files.get(name));
    } catch {
      throw new Failure('checkpoint.text', args);
    }
  }
}

/** A safetensors file with this header text and so many bytes of data, right or wrong. */
export function fileWith(header: string | Buffer | object, data: number | Uint8Array): Uint8Array {
  const text =
    typeof header === 'string' || Buffer.isBuffer(header) ? header : JSON.stringify(header);
  const json = Buffer.from(text);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, typeof data === 'number' ? Buffer.alloc(data) : data]);
}
