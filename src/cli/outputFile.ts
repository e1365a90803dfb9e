import { access, constants, open, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../failure/failure';

/**
 * Asked before anything is computed, so that nobody waits for what cannot be kept.
 * @throws Failure `cli.output`, `cli.outputKind`
 */
export async function checkWritable(file: string): Promise<void> {
  const target = path.resolve(file);
  const folder = path.dirname(target);
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw refused(file, cause);
  }
  if (!(await stat(folder)).isDirectory()) {
    throw new Failure('cli.output', { file, reason: 'ENOTDIR' });
  }
  const existing = await stat(target).catch(() => null);
  if (existing?.isDirectory()) throw new Failure('cli.output', { file, reason: 'EISDIR' });
  // The rename would put a file in the place of a device or pipe: of `/dev/null`, for one who may.
  if (existing && !existing.isFile()) throw new Failure('cli.outputKind', { file });
}

/**
 * That an output does not take the place of what it is made from.
 * @throws Failure `cli.outputInput`
 */
export async function checkKept(file: string, inputs: readonly string[]): Promise<void> {
  const place = (one: string): Promise<string> => realpath(one).catch(() => path.resolve(one));
  const taken = await place(file);
  for (const input of inputs)
    if ((await place(input)) === taken) throw new Failure('cli.outputInput', { file });
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
    // Where not even the name is possible there is nothing to remove, and the cause is what counts.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw refused(file, cause);
  }
}

function refused(file: string, cause: unknown): Failure {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new Failure('cli.output', { file, reason }, { cause });
}
