import type { BigIntStats } from 'node:fs';
import { constants, lstat, realpath, type FileHandle, type open } from 'node:fs/promises';
import path from 'node:path';
import { isPlainName } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';
import { codeOf, unreadable } from './unreadable';

/** How a file is opened; Node's own way everywhere but in tests. */
export type OpenFile = (...args: [path: string, flags: number]) => ReturnType<typeof open>;

/**
 * Not through a link that was put there since it was looked at, and without waiting for the other end
 * of a pipe. Windows knows neither flag; there both are undefined, which counts as 0.
 */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A regular file that was looked at after it was opened. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly size: number;
}

/**
 * Opens the regular file that a plain name in a folder stands for. A link is followed only to a file
 * in the folder, or from a snapshot of a Hugging Face cache to that model's own blobs: a model from
 * elsewhere must not make the engine read other files of its user. Null if there is no such file, or
 * if it is a folder, pipe or device.
 * @throws Failure `checkpoint.pathOutside`, `.link`, `.linkBroken`, `.changed`, `.folder`, `.unreadable`
 */
export async function openInside(
  folder: string,
  file: string,
  openFile: OpenFile,
): Promise<OpenedFile | null> {
  if (!isPlainName(file)) throw new Failure('checkpoint.pathOutside', { folder, file });
  try {
    const target = await targetOf(folder, file);
    if (target === null) return null;
    // Asked before opening: to open a device may do something.
    const before = await lstat(target, { bigint: true });
    if (!before.isFile()) return null;
    const handle = await openFile(target, FLAGS);
    try {
      const opened = await handle.stat({ bigint: true });
      const now = await targetOf(folder, file);
      if (now === target && opened.isFile() && isSame(opened, before))
        return { handle, size: Number(opened.size) };
      throw new Failure('checkpoint.changed', { file, folder });
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(folder, file, error);
  }
}

/** Where the bytes of a name lie, if they may be read; null if there is nothing of that name. */
async function targetOf(folderPath: string, file: string): Promise<string | null> {
  const folder = await realpath(folderPath).catch((error: unknown) => {
    throw isAbsent(error) ? new Failure('checkpoint.folder', { folder: folderPath }) : error;
  });
  const named = path.join(folder, file);
  const target = await realpath(named).catch(async (error: unknown) => {
    if (!isAbsent(error)) throw error;
    if (await isLink(named)) {
      throw new Failure('checkpoint.linkBroken', { file, folder: folderPath });
    }
    return null;
  });
  if (target === null) {
    if ((await lstat(folder)).isDirectory()) return null;
    throw new Failure('checkpoint.folder', { folder: folderPath });
  }
  if (target.startsWith(folder + path.sep) || path.dirname(target) === cacheBlobs(folder))
    return target;
  throw new Failure('checkpoint.link', { file, folder: folderPath });
}

/**
 * Where a Hugging Face cache keeps the bytes that a snapshot's links lead to:
 * `models--org--name/snapshots/revision` → `models--org--name/blobs`; null for any other folder.
 */
function cacheBlobs(folder: string): string | null {
  const snapshots = path.dirname(folder);
  const repository = path.dirname(snapshots);
  const isSnapshot =
    path.basename(snapshots) === 'snapshots' && path.basename(repository).startsWith('models--');
  return isSnapshot ? path.join(repository, 'blobs') : null;
}

async function isLink(named: string): Promise<boolean> {
  try {
    return (await lstat(named)).isSymbolicLink();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** One file, by what the system knows it by. Windows numbers drives differently for paths and for handles. */
function isSame(a: BigIntStats, b: BigIntStats): boolean {
  return a.ino === b.ino && (a.dev === b.dev || process.platform === 'win32');
}

/** No such file, a path through something that is no folder, or links that go round in a circle. */
function isAbsent(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
}
