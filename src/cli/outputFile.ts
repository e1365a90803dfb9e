import { open, rename, rm } from 'node:fs/promises';
import { Failure } from '../failure/failure';

/**
 * Writes a file under a temporary name beside it and renames: who looks never sees half a file, and
 * an older one stays until the new one is whole.
 * @throws Failure `cli.output`
 */
export async function writeOutput(file: string, chunks: readonly Uint8Array[]): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      for (const chunk of chunks) await handle.writeFile(chunk);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Failure('cli.output', { file, reason }, { cause });
  }
}
