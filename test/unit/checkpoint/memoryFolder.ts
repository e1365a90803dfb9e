import type { ModelFolder, RangeReader } from '../../../src/checkpoint/modelFolder';

/** A model folder in memory that counts what is open and which ranges were read. */
export class MemoryFolder implements ModelFolder {
  readonly path = 'memory';
  readonly ranges: [name: string, start: number, end: number][] = [];
  openFiles = 0;

  constructor(private readonly files: Readonly<Record<string, Uint8Array | string>>) {}

  list(): Promise<readonly string[]> {
    return Promise.resolve(Object.keys(this.files));
  }

  open(name: string): Promise<RangeReader | null> {
    const content = this.files[name];
    if (content === undefined) return Promise.resolve(null);
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    this.openFiles++;
    return Promise.resolve({
      size: bytes.length,
      read: (start, end) => {
        this.ranges.push([name, start, end]);
        return Promise.resolve(new Uint8Array(bytes.subarray(start, end)));
      },
      close: () => {
        this.openFiles--;
        return Promise.resolve();
      },
    });
  }

  text(name: string): Promise<string | null> {
    const content = this.files[name];
    return Promise.resolve(content === undefined ? null : Buffer.from(content).toString('utf8'));
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
