import path from 'node:path';
import { Signal } from '../signal';
import type { ModelSource } from './modelSource';

/**
 * The models that a reader can choose from here: the built-in one, the folder that the settings
 * name, and those chosen before. Which is chosen is a setting, so that it holds for every window.
 */
export class Models {
  readonly changed = new Signal<void>();

  constructor(
    readonly builtIn: ModelSource,
    /** Folder that the settings name; null: none. */
    private readonly configured: () => string | null,
    /** Absolute paths of folders that the reader chose before. */
    private readonly remembered: () => readonly string[] = () => [],
  ) {}

  /** For new inspections. */
  get chosen(): ModelSource {
    const folder = this.configured();
    return folder === null ? this.builtIn : this.inFolder(folder);
  }

  all(): readonly ModelSource[] {
    const folders = new Set([...this.remembered(), this.chosen.folder]);
    folders.delete(this.builtIn.folder);
    return [this.builtIn, ...[...folders].map((folder) => this.inFolder(folder))];
  }

  nameOf({ folder }: ModelSource): string {
    return path.basename(folder);
  }

  /** By folder name; null if the reader has none of that name. */
  named(name: string): ModelSource | null {
    return this.all().find((model) => this.nameOf(model) === name) ?? null;
  }

  /** The settings changed. */
  refresh(): void {
    this.changed.emit();
  }

  inFolder(folder: string): ModelSource {
    const absolute = path.resolve(folder);
    return absolute === this.builtIn.folder
      ? this.builtIn
      : { folder: absolute, trainedTokens: null, language: null };
  }
}
