/**
 * The layout of a Hugging Face cache, as its documentation describes it: `models--org--name` with
 * `refs/main` (a revision), and `snapshots/<revision>` (links into `blobs`).
 */
import path from 'node:path';
import type { FolderLook } from './folderLook';

/** A revision is a hash of 40 digits. */
const MAX_REF_BYTES = 128;

/** Whether a folder is one model of a cache, going by its name. */
export const isCachedModel = (folder: string): boolean =>
  path.basename(folder).startsWith('models--');

/**
 * Folder of the newest snapshot: the one that `refs/main` names or, where it names none, the only
 * one there is. Null: which one is meant cannot be told.
 */
export async function cachedModel(look: FolderLook, folder: string): Promise<string | null> {
  const snapshots = path.join(folder, 'snapshots');
  const revisions = await look.folders(snapshots);
  const main = (await look.text(path.join(folder, 'refs'), 'main', MAX_REF_BYTES))?.trim() ?? '';
  // Only what is there under that very name: the file may lead anywhere.
  const named = revisions.includes(main) ? main : null;
  const revision = named ?? (revisions.length === 1 ? revisions[0]! : null);
  return revision === null ? null : path.join(snapshots, revision);
}
