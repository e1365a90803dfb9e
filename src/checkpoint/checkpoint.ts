import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import { explainMissingWeights } from './missingWeights';
import type { ModelFolder } from './modelFolder';
import type { TensorEntry } from './safetensorsHeader';
import { readShardIndex } from './shardIndex';
import { openWeightFile, type WeightFile } from './weightFile';
import { widen } from './widen';

export const WEIGHTS_FILE = 'model.safetensors';

/** Told after each tensor: bytes read so far, bytes of all tensors. */
export type ReadProgress = (read: number, total: number) => void;

/**
 * The weights of a model folder: names and shapes from the headers at once, numbers only when a
 * tensor is asked for. Reads `model.safetensors`, or else the shards its index names.
 */
export class Checkpoint {
  readonly names: ReadonlySet<string>;
  /** Bytes of all tensors as stored. */
  readonly totalBytes: number;
  private readBytes = 0;

  private constructor(
    private readonly folder: ModelFolder,
    private readonly files: readonly WeightFile[],
    private readonly tensors: ReadonlyMap<string, Located>,
    private readonly signal: Cancellation,
    private readonly onProgress: ReadProgress | undefined,
  ) {
    this.names = new Set(tensors.keys());
    this.totalBytes = [...tensors.values()].reduce(
      (sum, { entry }) => sum + entry.end - entry.start,
      0,
    );
  }

  /** @throws Failure `checkpoint.*` if the folder's weights are missing or damaged. */
  static async open(
    folder: ModelFolder,
    signal: Cancellation = { aborted: false },
    onProgress?: ReadProgress,
  ): Promise<Checkpoint> {
    const files: WeightFile[] = [];
    try {
      const tensors = await locate(folder, files, signal);
      return new Checkpoint(folder, files, tensors, signal, onProgress);
    } catch (error) {
      await closeAll(files);
      throw error;
    }
  }

  entry(name: string): Pick<TensorEntry, 'dtype' | 'shape'> | undefined {
    return this.tensors.get(name)?.entry;
  }

  /** Numbers of a tensor, row-major, widened to float32. */
  async read(name: string, expectedShape: readonly number[]): Promise<Float32Array> {
    throwIfCancelled(this.signal);
    const located = this.tensors.get(name);
    if (!located) {
      throw new Failure('checkpoint.tensorMissing', { tensor: name, folder: this.folder.path });
    }
    const { file, entry } = located;
    if (
      entry.shape.length !== expectedShape.length ||
      entry.shape.some((n, i) => n !== expectedShape[i])
    ) {
      const [actual, expected] = [entry.shape.join(', '), expectedShape.join(', ')];
      throw new Failure('checkpoint.tensorShape', { tensor: name, actual, expected });
    }
    const numbers = widen(entry.dtype, await file.reader.read(entry.start, entry.end));
    if (!numbers) {
      throw new Failure('checkpoint.dtype', { tensor: name, file: file.name, dtype: entry.dtype });
    }
    this.readBytes += entry.end - entry.start;
    this.onProgress?.(this.readBytes, this.totalBytes);
    return numbers;
  }

  async close(): Promise<void> {
    await closeAll(this.files);
  }
}

interface Located {
  readonly file: WeightFile;
  readonly entry: TensorEntry;
}

/** Finds every tensor of the folder. Files are added to `files` as they open, for the caller to close. */
async function locate(
  folder: ModelFolder,
  files: WeightFile[],
  signal: Cancellation,
): Promise<ReadonlyMap<string, Located>> {
  const single = await openWeightFile(folder, WEIGHTS_FILE);
  if (single) {
    files.push(single);
    return new Map(
      [...single.header.tensors].map(([name, entry]) => [name, { file: single, entry }]),
    );
  }
  const index = await readShardIndex(folder);
  if (!index) throw await explainMissingWeights(folder, WEIGHTS_FILE);
  const shards = new Map<string, WeightFile>();
  for (const name of new Set(index.values())) {
    throwIfCancelled(signal);
    const file = await openWeightFile(folder, name);
    if (!file) throw new Failure('checkpoint.missing', { file: name, folder: folder.path });
    files.push(file);
    shards.set(name, file);
  }
  const tensors = new Map<string, Located>();
  for (const [name, fileName] of index) {
    const file = shards.get(fileName);
    const entry = file?.header.tensors.get(name);
    if (!file || !entry)
      throw new Failure('checkpoint.tensorMissing', { tensor: name, folder: folder.path });
    tensors.set(name, { file, entry });
  }
  return tensors;
}

async function closeAll(files: readonly WeightFile[]): Promise<void> {
  await Promise.all(files.map(({ reader }) => reader.close()));
}
