import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import { explainMissing, WEIGHTS_FILE } from './missingWeights';
import type { ModelFolder } from './modelFolder';
import { MAX_HEADER_BYTES, type TensorEntry } from './safetensorsHeader';
import { readShardIndex } from './shardIndex';
import { openWeightFile, type WeightFile } from './weightFile';

/** A tensor and the file it lies in. */
export interface Located {
  readonly file: WeightFile;
  readonly entry: TensorEntry;
}

export interface TensorPlaces {
  readonly tensors: ReadonlyMap<string, Located>;
  /** Tensors in shards that the index does not name: there, but not of the model. */
  readonly unlisted: readonly string[];
}

/** Finds every tensor of the folder. Files are added to `files` as they open, for the caller to close. */
export async function locateTensors(
  folder: ModelFolder,
  files: WeightFile[],
  signal: Cancellation,
): Promise<TensorPlaces> {
  const single = await openWeightFile(folder, WEIGHTS_FILE);
  if (single) {
    files.push(single);
    return { tensors: tensorsOf(single), unlisted: [] };
  }
  const index = await readShardIndex(folder);
  if (!index) throw await explainMissing(folder, WEIGHTS_FILE);
  await openShards(folder, [...new Set(index.values())], files, signal);
  const there = tensorsOfAll(files);
  const tensors = new Map<string, Located>();
  for (const [tensor, file] of index) {
    const located = there.get(tensor);
    if (located?.file.name !== file) {
      throw new Failure('checkpoint.shardLacks', { tensor, file, folder: folder.path });
    }
    tensors.set(tensor, located);
  }
  return { tensors, unlisted: [...there.keys()].filter((name) => !tensors.has(name)) };
}

async function openShards(
  folder: ModelFolder,
  names: readonly string[],
  files: WeightFile[],
  signal: Cancellation,
): Promise<void> {
  let headerBytes = 0;
  for (const name of names) {
    throwIfCancelled(signal);
    const file = await openWeightFile(folder, name);
    if (!file) throw await shardMissing(folder, name, names);
    files.push(file);
    headerBytes += file.headerBytes;
    // Together no more than one file may have: a thousand headers at their limit would fill any heap.
    if (headerBytes > MAX_HEADER_BYTES) {
      const args = { count: names.length, folder: folder.path, limit: MAX_HEADER_BYTES };
      throw new Failure('checkpoint.headersTooLong', args);
    }
  }
}

async function shardMissing(
  folder: ModelFolder,
  file: string,
  names: readonly string[],
): Promise<Failure> {
  const there = new Set(await folder.list());
  // At least one, even where the list and the opening disagree: a folder or a pipe has that name.
  const missing = Math.max(1, names.filter((name) => !there.has(name)).length);
  const args = { file, folder: folder.path, missing, count: names.length };
  return new Failure('checkpoint.shardMissing', args);
}

function tensorsOf(file: WeightFile): Map<string, Located> {
  return new Map([...file.header.tensors].map(([name, entry]) => [name, { file, entry }]));
}

/** Tensors of all shards. A name in two of them is refused: readers differ in which they take. */
function tensorsOfAll(files: readonly WeightFile[]): ReadonlyMap<string, Located> {
  const all = new Map<string, Located>();
  for (const file of files) {
    for (const [tensor, located] of tensorsOf(file)) {
      const other = all.get(tensor)?.file.name;
      if (other !== undefined) {
        throw new Failure('checkpoint.tensorTwice', { tensor, file: other, other: file.name });
      }
      all.set(tensor, located);
    }
  }
  return all;
}
