import { createReadStream } from 'node:fs';

/**
 * The whole of a file or a pipe; null if it goes on for more than `limit` bytes: a device says
 * nothing of its size and may never end.
 * @throws the system's error
 */
export async function readWhole(file: string, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
