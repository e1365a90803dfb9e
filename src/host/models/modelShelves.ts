import path from 'node:path';
import type { FolderLook } from './folderLook';
import { cachedModel, isCachedModel } from './huggingFaceCache';
import { isModelFolder } from './modelFiles';

/**
 * Folders looked into under the folders of the setting, all together. Looking into one is a question
 * to the disk, over a network perhaps; a list longer than that is no list to choose from.
 */
export const MAX_FOLDERS_LOOKED_AT = 256;

/** A folder of the setting, and the models in it. */
export interface Shelf {
  readonly folder: string;
  /** `relative`: not an absolute path; `cut`: it has more folders than are looked at. */
  readonly state: 'whole' | 'cut' | 'missing' | 'relative' | 'empty';
  /** Absolute paths. */
  readonly models: readonly string[];
}

/** Looks for models directly in folders, in folders that are models, and in Hugging Face caches. */
export async function lookAtShelves(
  look: FolderLook,
  folders: readonly string[],
): Promise<readonly Shelf[]> {
  let left = MAX_FOLDERS_LOOKED_AT;
  const shelves: Shelf[] = [];
  for (const folder of new Set(folders)) {
    if (!path.isAbsolute(folder)) {
      shelves.push({ folder, state: 'relative', models: [] });
      continue;
    }
    const files = await look.files(folder);
    if (files === null) {
      shelves.push({ folder, state: 'missing', models: [] });
      continue;
    }
    const inner = isModelFolder(files) ? [] : (await look.folders(folder)).toSorted();
    const seen = inner.slice(0, left);
    left -= seen.length;
    const found = await Promise.all(seen.map((name) => modelsIn(look, path.join(folder, name))));
    const models = isModelFolder(files) ? [path.resolve(folder)] : found.flat();
    const state = seen.length < inner.length ? 'cut' : models.length === 0 ? 'empty' : 'whole';
    shelves.push({ folder, state, models });
  }
  return shelves;
}

/** The model that a folder is, or that a cache keeps in it; else none. */
async function modelsIn(look: FolderLook, folder: string): Promise<readonly string[]> {
  const model = isCachedModel(folder) ? await cachedModel(look, folder) : folder;
  if (model === null) return [];
  return isModelFolder((await look.files(model)) ?? []) ? [model] : [];
}
