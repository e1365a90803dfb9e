import path from 'node:path';
import { modelName } from '../../protocol/modelName';
import { Signal } from '../signal';
import type { ModelSource } from './modelSource';

/**
 * The models that a reader can choose from here: the built-in one, the folder that the settings
 * name, those used before, and those in the folders of a setting. Which is chosen is a setting, so
 * that it holds for every window.
 */
export class Models {
  readonly changed = new Signal<void>();

  constructor(
    readonly builtIn: ModelSource,
    /** Folder that the settings name; null: none. */
    private readonly configured: () => string | null,
    /** Absolute paths of folders that the reader used before, the last one first. */
    private readonly recent: () => readonly string[] = () => [],
    /** Absolute paths of model folders in the folders of the setting. */
    private readonly listed: () => readonly string[] = () => [],
  ) {}

  /** For new inspections. */
  get chosen(): ModelSource {
    const folder = this.configured();
    return folder === null ? this.builtIn : this.inFolder(folder);
  }

  all(): readonly ModelSource[] {
    const folders = new Set([...this.recent(), this.chosen.folder, ...this.listed()]);
    folders.delete(this.builtIn.folder);
    return [this.builtIn, ...[...folders].map((folder) => this.inFolder(folder))];
  }

  nameOf({ folder }: ModelSource): string {
    return modelName(folder);
  }

  /** By name; null if the reader has none of that name. */
  named(name: string): ModelSource | null {
    return this.all().find((model) => this.nameOf(model) === name) ?? null;
  }

  /** The settings changed, or what there is to choose from. */
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
