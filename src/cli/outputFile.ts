import { access, constants, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../failure/failure';

/** Asked before anything is computed, so that nobody waits for what cannot be kept. @throws Failure `cli.output` */
export async function checkWritable(file: string): Promise<void> {
  try {
    await access(path.dirname(path.resolve(file)), constants.W_OK);
  } catch (cause) {
    throw refused(file, cause);
  }
  const existing = await stat(file).catch(() => null);
  if (existing?.isDirectory()) throw new Failure('cli.output', { file, reason: 'EISDIR' });
}

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
    throw refused(file, cause);
  }
}

function refused(file: string, cause: unknown): Failure {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new Failure('cli.output', { file, reason }, { cause });
}
