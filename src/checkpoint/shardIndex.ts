import { Failure } from '../failure/failure';
import { isObject, parseJsonObject } from './jsonObject';
import { isPlainName, type ModelFolder } from './modelFolder';
import { MAX_HEADER_BYTES } from './safetensorsHeader';

export const INDEX_FILE = 'model.safetensors.index.json';
/** Most shards one model may have: the largest published ones have a few hundred, and all are open at once. */
export const MAX_SHARDS = 1_000;
/** Longest index read: it names the same tensors as the headers do. */
export const MAX_INDEX_BYTES = MAX_HEADER_BYTES;

/** Tensor name → file of the folder that holds it, by the folder's shard index; null without one. */
export async function readShardIndex(
  folder: ModelFolder,
): Promise<ReadonlyMap<string, string> | null> {
  const text = await folder.text(INDEX_FILE, MAX_INDEX_BYTES);
  if (text === null) return null;
  const shards = new Map<string, string>();
  const { weight_map: map }: { weight_map?: unknown } = parseJsonObject(INDEX_FILE, text);
  if (!isObject(map))
    throw new Failure('checkpoint.entry', { file: INDEX_FILE, name: 'weight_map' });
  for (const [tensor, file] of Object.entries(map)) {
    if (typeof file !== 'string') {
      throw new Failure('checkpoint.entry', { file: INDEX_FILE, name: tensor });
    }
    // A name with a path could reach any file the user can read.
    if (!isPlainName(file) || !file.endsWith('.safetensors')) {
      throw new Failure('checkpoint.pathOutside', { folder: folder.path, file });
    }
    shards.set(tensor, file);
  }
  const count = new Set(shards.values()).size;
  if (count > MAX_SHARDS) {
    throw new Failure('checkpoint.shardCount', { file: INDEX_FILE, count, limit: MAX_SHARDS });
  }
  return shards;
}
