import path from 'node:path';
import type { Memento } from 'vscode';
import * as v from 'valibot';

const KEY = 'headlight.modelFolders';

/** Folders remembered; who has more chooses the one he needs again. */
const MAX_FOLDERS = 12;

/** Model folders that the reader has chosen before, so that going back to one is a click. */
export class ChosenFolders {
  constructor(private readonly memento: Memento) {}

  /** Absolute paths, the one chosen first first. */
  all(): readonly string[] {
    const parsed = v.safeParse(v.array(v.string()), this.memento.get(KEY));
    return parsed.success ? parsed.output.filter((folder) => path.isAbsolute(folder)) : [];
  }

  async remember(folder: string): Promise<void> {
    const known = this.all();
    if (known.includes(folder)) return;
    await this.memento.update(KEY, [...known, folder].slice(-MAX_FOLDERS));
  }

  async forget(folder: string): Promise<void> {
    await this.memento.update(
      KEY,
      this.all().filter((one) => one !== folder),
    );
  }
}
