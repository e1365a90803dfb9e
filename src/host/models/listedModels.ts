import { Signal } from '../signal';
import type { FolderLook } from './folderLook';
import { lookAtShelves, type Shelf } from './modelShelves';

/** The models in the folders of the setting `headlight.modelFolders`, as last looked at. */
export class ListedModels {
  readonly changed = new Signal<void>();
  private found: readonly Shelf[] = [];
  private looks = 0;

  constructor(
    private readonly look: FolderLook,
    /** The setting. */
    private readonly folders: () => readonly string[],
  ) {}

  get shelves(): readonly Shelf[] {
    return this.found;
  }

  /** Absolute paths of model folders. */
  all(): readonly string[] {
    return this.found.flatMap(({ models }) => models);
  }

  has(folder: string): boolean {
    return this.all().includes(folder);
  }

  /** Looks again; of two looks at once the later one counts. */
  async refresh(): Promise<void> {
    const number = ++this.looks;
    const shelves = await lookAtShelves(this.look, this.folders());
    if (number !== this.looks || JSON.stringify(shelves) === JSON.stringify(this.found)) return;
    this.found = shelves;
    this.changed.emit();
  }
}
