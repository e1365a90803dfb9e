import { open, readdir } from 'node:fs/promises';
import type { ModelFolder, RangeReader } from '../checkpoint/modelFolder';
import { Failure } from '../failure/failure';
import { FileRange } from './fileRange';
import { openInside, type OpenFile } from './openInside';
import { codeOf, unreadable } from './unreadable';

/** Largest text file read whole where the caller knows no less: the largest tokenizer.json in use are near 35 MB. */
const MAX_TEXT_BYTES = 128 << 20;

/** A model folder on disk. Which files of it may be opened, `openInside` decides. */
export class NodeModelFolder implements ModelFolder {
  constructor(
    readonly path: string,
    private readonly openFile: OpenFile = open,
  ) {}

  async list(): Promise<readonly string[]> {
    try {
      return await readdir(this.path);
    } catch (error) {
      const code = codeOf(error);
      throw code === 'ENOENT' || code === 'ENOTDIR'
        ? new Failure('checkpoint.folder', { folder: this.path })
        : unreadable(this.path, '.', error);
    }
  }

  async open(name: string): Promise<RangeReader | null> {
    const opened = await openInside(this.path, name, this.openFile);
    return opened && new FileRange(opened.handle, this.path, name, opened.size);
  }

  async text(name: string, limit = MAX_TEXT_BYTES): Promise<string | null> {
    const reader = await this.open(name);
    if (reader === null) return null;
    try {
      const { size } = reader;
      const args = { file: name, folder: this.path };
      if (size > limit) throw new Failure('checkpoint.textTooLong', { ...args, size, limit });
      return decode(await reader.read(0, size), args);
    } finally {
      await reader.close();
    }
  }
}

function decode(bytes: Uint8Array, args: { file: string; folder: string }): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Failure('checkpoint.text', args, { cause });
  }
}
