import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import { locateTensors, type Located, type TensorPlaces } from './locateTensors';
import type { ModelFolder } from './modelFolder';
import { nearestName } from './nearestName';
import type { TensorEntry } from './safetensorsHeader';
import { Staging } from './staging';
import type { WeightFile } from './weightFile';
import { storedType } from './widen';

/**
 * Numbers read at once, 1 MB: large enough that the system's calls cost nothing, small enough for the
 * processor's caches and for a reader who gives up.
 */
export const NUMBERS_AT_ONCE = 2 ** 18;

/** Told after each tensor, and within large ones: bytes read so far, bytes of all tensors. */
export type ReadProgress = (read: number, total: number) => void;

/**
 * The weights of a model folder: names and shapes from the headers at once, numbers only when a
 * tensor is asked for, one at a time. Reads `model.safetensors`, or else the shards its index names.
 */
export class Checkpoint {
  readonly names: ReadonlySet<string>;
  /** Bytes of all tensors as stored. */
  readonly totalBytes: number;
  private readonly staging = new Staging();
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
    const { entry } = this.find(name, expectedShape);
    const { count, width } = sizeOf(entry);
    const numbers = new Float32Array(count);
    await this.readRows(name, expectedShape, 1, (some, firstRow) => {
      numbers.set(some, firstRow * width);
    });
    return numbers;
  }

  /**
   * The same, some rows (of the first dimension) at a time.
   * @param multiple of how many rows come at once, but for the last ones
   * @param take is given rows and the number of the first; they are its own until it returns
   */
  async readRows(
    name: string,
    expectedShape: readonly number[],
    multiple: number,
    take: (numbers: Float32Array, firstRow: number) => void,
  ): Promise<void> {
    const { file, entry } = this.find(name, expectedShape);
    const { rows, width } = sizeOf(entry);
    const { bytes } = storedType(entry.dtype)!;
    const atOnce = multiple * Math.max(1, Math.floor(NUMBERS_AT_ONCE / (width * multiple)));
    const counts: number[] = [];
    for (let row = 0; row < rows; row += atOnce) counts.push(Math.min(atOnce, rows - row) * width);
    let row = 0;
    for await (const numbers of this.staging.pieces(
      file.reader,
      entry.dtype,
      entry.start,
      counts,
    )) {
      throwIfCancelled(this.signal);
      this.readBytes += numbers.length * bytes;
      take(numbers, row);
      row += atOnce;
      this.onProgress?.(this.readBytes, this.totalBytes);
    }
    this.readNames.add(name);
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

  /** Where a tensor lies that is to be read now. @throws Failure `checkpoint.*` if it is not there, or not as expected */
  private find(name: string, expectedShape: readonly number[]): Located {
    throwIfCancelled(this.signal);
    const located = this.places.tensors.get(name);
    if (!located) throw this.tensorMissing(name);
    const { file, entry } = located;
    const { dtype, shape } = entry;
    if (shape.length !== expectedShape.length || shape.some((n, i) => n !== expectedShape[i])) {
      const [actual, expected] = [shape.join(', '), expectedShape.join(', ')];
      const args = { tensor: name, file: file.name, actual, expected };
      throw new Failure('checkpoint.tensorShape', args);
    }
    if (!storedType(dtype))
      throw new Failure('checkpoint.dtype', { tensor: name, file: file.name, dtype });
    return located;
  }

  private tensorMissing(tensor: string): Failure {
    const folder = this.folder.path;
    const nearest = nearestName(tensor, this.names);
    return nearest === null
      ? new Failure('checkpoint.noTensors', { folder })
      : new Failure('checkpoint.tensorMissing', { tensor, folder, nearest });
  }
}

/** A number alone is a row of one. */
function sizeOf({ shape }: TensorEntry): { rows: number; width: number; count: number } {
  const [rows = 1, ...rest] = shape;
  const width = rest.reduce((product, length) => product * length, 1);
  return { rows, width, count: rows * width };
}

async function closeAll(files: readonly WeightFile[]): Promise<void> {
  await Promise.all(files.map(({ reader }) => reader.close()));
}
