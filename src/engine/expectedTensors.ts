import type { ModelFolder } from '../checkpoint/modelFolder';
import { openWeightFile, type WeightFile } from '../checkpoint/weightFile';
import { widen } from '../checkpoint/widen';
import { Failure } from '../failure/failure';

const FILE = 'expected.safetensors';

/** The outputs of the reference implementation that a model folder carries for its self-test. */
export class ExpectedTensors {
  private constructor(private readonly file: WeightFile) {}

  /** @throws Failure `checkpoint.missing` */
  static async open(folder: ModelFolder): Promise<ExpectedTensors> {
    const file = await openWeightFile(folder, FILE);
    if (!file) throw new Failure('checkpoint.missing', { file: FILE, folder: folder.path });
    return new ExpectedTensors(file);
  }

  /** Names of a case's tensors, without the case. */
  namesOf(name: string): string[] {
    const prefix = `${name}/`;
    return [...this.file.header.tensors.keys()]
      .filter((tensor) => tensor.startsWith(prefix))
      .map((tensor) => tensor.slice(prefix.length));
  }

  async read(name: string): Promise<Float32Array> {
    const entry = this.file.header.tensors.get(name)!;
    const numbers = widen(entry.dtype, await this.file.reader.read(entry.start, entry.end));
    if (numbers) return numbers;
    throw new Failure('checkpoint.dtype', { tensor: name, file: FILE, dtype: entry.dtype });
  }

  close(): Promise<void> {
    return this.file.reader.close();
  }
}
