import { open, readdir, readFile, realpath, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { isPlainName, type ModelFolder, type RangeReader } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';

/** Largest text file read whole: the largest tokenizer.json in use are near 35 MB. */
const MAX_TEXT_BYTES = 128 << 20;
/** Most bytes asked of the system at once: it refuses 2 GB and more. */
const MAX_READ_BYTES = 1 << 30;

/**
 * A model folder on disk. Only plain names of regular files are opened, and links only where they
 * stay in the folder or follow a Hugging Face cache (`snapshots/<revision>/x → blobs/<hash>`): a
 * model from elsewhere must not make the engine read other files of its user.
 */
export class NodeModelFolder implements ModelFolder {
  constructor(readonly path: string) {}

  async list(): Promise<readonly string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      throw isAbsent(error) ? new Failure('checkpoint.folder', { folder: this.path }) : error;
    }
  }

  async open(name: string): Promise<RangeReader | null> {
    const file = await this.resolve(name);
    if (file === null) return null;
    try {
      const handle = await open(file.path, 'r');
      return new FileRange(handle, name, file.size);
    } catch (error) {
      throw this.unreadable(name, error);
    }
  }

  async text(name: string): Promise<string | null> {
    const file = await this.resolve(name);
    if (file === null) return null;
    const { size } = file;
    if (size > MAX_TEXT_BYTES) {
      const args = { file: name, folder: this.path, size, limit: MAX_TEXT_BYTES };
      throw new Failure('checkpoint.textTooLong', args);
    }
    const bytes = await readFile(file.path).catch((error: unknown) => {
      throw this.unreadable(name, error);
    });
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (cause) {
      throw new Failure('checkpoint.text', { file: name, folder: this.path }, { cause });
    }
  }

  /** Where a name's bytes lie; null if there is no regular file of that name. */
  private async resolve(name: string): Promise<{ path: string; size: number } | null> {
    if (!isPlainName(name)) {
      throw new Failure('checkpoint.pathOutside', { folder: this.path, file: name });
    }
    try {
      const folder = await realpath(this.path);
      const target = await realpath(path.join(folder, name));
      // Asked before opening: opening a pipe or a device could wait for ever.
      const status = await stat(target);
      if (!status.isFile()) return null;
      if (!isWithin(target, folder) && !isWithin(target, cacheBlobs(folder))) {
        throw new Failure('checkpoint.link', { file: name, folder: this.path });
      }
      return { path: target, size: status.size };
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (!isAbsent(error)) throw this.unreadable(name, error);
      await this.list(); // a missing folder is another mistake than a missing file
      return null;
    }
  }

  private unreadable(file: string, error: unknown): Failure {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return new Failure(
      'checkpoint.unreadable',
      { file, folder: this.path, reason },
      { cause: error },
    );
  }
}

/** Ranges of an open file. */
class FileRange implements RangeReader {
  constructor(
    private readonly handle: FileHandle,
    private readonly name: string,
    readonly size: number,
  ) {}

  async read(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      // One system call may return less than was asked for.
      const wanted = Math.min(bytes.length - filled, MAX_READ_BYTES);
      const { bytesRead } = await this.handle.read(bytes, filled, wanted, start + filled);
      if (bytesRead === 0) {
        const args = { file: this.name, size: start + filled, expected: end };
        throw new Failure('checkpoint.truncated', args);
      }
      filled += bytesRead;
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** Where a Hugging Face cache keeps the bytes that a snapshot folder links to; null elsewhere. */
function cacheBlobs(folder: string): string | null {
  const snapshots = path.dirname(folder);
  return path.basename(snapshots) === 'snapshots'
    ? path.join(path.dirname(snapshots), 'blobs')
    : null;
}

function isWithin(file: string, folder: string | null): boolean {
  return folder !== null && file.startsWith(folder + path.sep);
}

/** No such file, or a path through something that is no folder. */
function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  );
}
