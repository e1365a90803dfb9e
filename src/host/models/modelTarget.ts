import path from 'node:path';
import { Failure } from '../../failure/failure';
import type { FolderLook } from './folderLook';
import { cachedModel, isCachedModel } from './huggingFaceCache';
import { CONFIG } from './modelFiles';

const WEIGHTS = /\.safetensors(\.index\.json)?$/i;

/**
 * Folder of the model that somebody points at: the folder itself, the newest snapshot of a folder in
 * a Hugging Face cache, or the folder of a `config.json` or of weights.
 * @param place absolute path
 * @throws Failure `checkpoint.folder`, `open.file`, `open.snapshots`
 */
export async function modelTarget(look: FolderLook, place: string): Promise<string> {
  if ((await look.files(place)) !== null) {
    if (!isCachedModel(place)) return path.resolve(place);
    const snapshot = await cachedModel(look, place);
    if (snapshot === null) throw new Failure('open.snapshots', { folder: place });
    return snapshot;
  }
  const folder = path.dirname(path.resolve(place));
  const file = path.basename(place);
  if ((await look.files(folder))?.includes(file) !== true)
    throw new Failure('checkpoint.folder', { folder: place });
  if (file !== CONFIG && !WEIGHTS.test(file)) throw new Failure('open.file', { file, folder });
  return folder;
}
