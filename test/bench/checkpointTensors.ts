import { Checkpoint } from '../../src/checkpoint/checkpoint';
import { NodeModelFolder } from '../../src/engine/nodeModelFolder';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Calls back with each tensor of a model folder, one at a time: nobody has to hold them all. */
export async function forEachTensor(
  folder: string,
  take: (name: string, tensor: NamedTensor) => void,
): Promise<void> {
  const checkpoint = await Checkpoint.open(new NodeModelFolder(folder));
  try {
    for (const name of checkpoint.names) {
      const { shape } = checkpoint.entry(name)!;
      take(name, { shape, data: await checkpoint.read(name, shape) });
    }
  } finally {
    await checkpoint.close();
  }
}
