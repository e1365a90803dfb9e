import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import { locateTensors, type TensorPlaces } from './locateTensors';
import type { ModelFolder } from './modelFolder';
import { nearestName } from './nearestName';
import type { TensorEntry } from './safetensorsHeader';
import type { WeightFile } from './weightFile';
import { widen } from './widen';

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
  private readonly readNames = new Set<string>();

  private constructor(
    private readonly folder: ModelFolder,
    private readonly files: readonly WeightFile[],
    private readonly places: TensorPlaces,
    private readonly signal: Cancellation,
    private readonly onProgress: ReadProgress | undefined,
  ) {
    this.names = new Set(places.tensors.keys());
    this.totalBytes = [...places.tensors.values()].reduce(
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
      const places = await locateTensors(folder, files, signal);
      return new Checkpoint(folder, files, places, signal, onProgress);
    } catch (error) {
      await closeAll(files);
      throw error;
    }
  }

  entry(name: string): Pick<TensorEntry, 'dtype' | 'shape'> | undefined {
    return this.places.tensors.get(name)?.entry;
  }

  /** Numbers of a tensor, row-major, widened to float32. */
  async read(name: string, expectedShape: readonly number[]): Promise<Float32Array> {
    throwIfCancelled(this.signal);
    const located = this.places.tensors.get(name);
    if (!located) throw this.tensorMissing(name);
    const { file, entry } = located;
    if (
      entry.shape.length !== expectedShape.length ||
      entry.shape.some((n, i) => n !== expectedShape[i])
    ) {
      const [actual, expected] = [entry.shape.join(', '), expectedShape.join(', ')];
      const args = { tensor: name, file: file.name, actual, expected };
      throw new Failure('checkpoint.tensorShape', args);
    }
    const numbers = widen(entry.dtype, await file.reader.read(entry.start, entry.end));
    if (!numbers) {
      throw new Failure('checkpoint.dtype', { tensor: name, file: file.name, dtype: entry.dtype });
    }
    this.readNames.add(name);
    this.readBytes += entry.end - entry.start;
    this.onProgress?.(this.readBytes, this.totalBytes);
    return numbers;
  }

  /**
   * Tensors nobody has asked for so far, in the order of the files: after a model is built, what the
   * checkpoint has and the model does not use.
   */
  unread(): readonly string[] {
    const unread = [...this.names].filter((name) => !this.readNames.has(name));
    return [...unread, ...this.places.unlisted];
  }

  async close(): Promise<void> {
    await closeAll(this.files);
  }

  private tensorMissing(tensor: string): Failure {
    const folder = this.folder.path;
    const nearest = nearestName(tensor, this.names);
    return nearest === null
      ? new Failure('checkpoint.noTensors', { folder })
      : new Failure('checkpoint.tensorMissing', { tensor, folder, nearest });
  }
}

async function closeAll(files: readonly WeightFile[]): Promise<void> {
  await Promise.all(files.map(({ reader }) => reader.close()));
}
