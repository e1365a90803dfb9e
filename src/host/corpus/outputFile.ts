import { appendFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { Failure } from '../../failure/failure';

/** Lines that are kept back before they are written; a crash costs no more than these. */
const LINES_AT_ONCE = 5;
/** They are not kept back longer than this. */
const WAIT_MS = 1000;

/**
 * A file that grows by lines while a run goes on. VS Code's file systems know no appending: where
 * the file is not one of this machine, all of it is written each time.
 */
export class OutputFile {
  private readonly written: string[] = [];
  private waiting: string[] = [];
  private lastWrite: number;

  private constructor(
    readonly uri: vscode.Uri,
    private readonly now: () => number,
  ) {
    this.lastWrite = now();
  }

  /** Makes an empty one. @throws Failure `corpus.unwritable` */
  static async create(uri: vscode.Uri, now: () => number): Promise<OutputFile> {
    await writing(uri, () => vscode.workspace.fs.writeFile(uri, new Uint8Array()));
    return new OutputFile(uri, now);
  }

  /** @throws Failure `corpus.unwritable` */
  async add(line: string): Promise<void> {
    this.waiting.push(line);
    if (this.waiting.length >= LINES_AT_ONCE || this.now() - this.lastWrite >= WAIT_MS)
      await this.flush();
  }

  /**
   * Writes what was kept back, and the whole once more: in the meantime others may have touched the
   * file. @throws Failure `corpus.unwritable`
   */
  async end(): Promise<void> {
    this.written.push(...this.waiting.splice(0));
    await this.writeAll();
  }

  /** Gives it its last name. @throws Failure `corpus.unwritable` */
  async rename(to: vscode.Uri): Promise<void> {
    await writing(to, () => vscode.workspace.fs.rename(this.uri, to, { overwrite: false }));
  }

  private async flush(): Promise<void> {
    this.lastWrite = this.now();
    const lines = this.waiting.splice(0);
    this.written.push(...lines);
    if (this.uri.scheme === 'file')
      await writing(this.uri, () => appendFile(this.uri.fsPath, textOf(lines)));
    else await this.writeAll();
  }

  private async writeAll(): Promise<void> {
    const bytes = new TextEncoder().encode(textOf(this.written));
    await writing(this.uri, () => vscode.workspace.fs.writeFile(this.uri, bytes));
  }
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** @throws Failure `corpus.unwritable` */
export async function writing(uri: vscode.Uri, write: () => PromiseLike<void>): Promise<void> {
  try {
    await write();
  } catch (thrown) {
    const file = uri.path.split('/').at(-1) ?? uri.path;
    const { message } = thrown instanceof Error ? thrown : { message: String(thrown) };
    throw new Failure('corpus.unwritable', { file, reason: message });
  }
}
