import path from 'node:path';
import type { Memento } from 'vscode';
import * as v from 'valibot';

const KEY = 'headlight.recentModels';

/** Folders remembered: a list to choose from at a glance; who has more names them in a setting. */
export const MAX_RECENT_MODELS = 12;

/** Model folders that the reader has used before, so that going back to one is a click. */
export class RecentModels {
  constructor(private readonly memento: Memento) {}

  /** Absolute paths, the one used last first; also those whose folder is gone. */
  all(): readonly string[] {
    const parsed = v.safeParse(v.array(v.string()), this.memento.get(KEY));
    return parsed.success ? parsed.output.filter((folder) => path.isAbsolute(folder)) : [];
  }

  has(folder: string): boolean {
    return this.all().includes(folder);
  }

  /** Puts a folder before all others. */
  async use(folder: string): Promise<void> {
    await this.keep([folder, ...this.without(folder)].slice(0, MAX_RECENT_MODELS));
  }

  async forget(folder: string): Promise<void> {
    await this.keep(this.without(folder));
  }

  private without(folder: string): string[] {
    return this.all().filter((one) => one !== folder);
  }

  private async keep(folders: readonly string[]): Promise<void> {
    await this.memento.update(KEY, folders);
  }
}
