import { Failure } from '../failure/failure';
import type { ModelFolder, RangeReader } from './modelFolder';
import {
  headerLength,
  LENGTH_BYTES,
  parseHeader,
  type SafetensorsHeader,
} from './safetensorsHeader';

/** One open safetensors file: its header read, its tensors still on disk. */
export interface WeightFile {
  readonly name: string;
  readonly header: SafetensorsHeader;
  /** Bytes of the header's text. */
  readonly headerBytes: number;
  readonly reader: RangeReader;
}

/** Opens a file and reads its header only; null if the folder has no such file. */
export async function openWeightFile(
  folder: ModelFolder,
  name: string,
): Promise<WeightFile | null> {
  const reader = await folder.open(name);
  if (reader === null) return null;
  try {
    return { name, reader, ...(await readHeader(name, reader)) };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function readHeader(
  file: string,
  reader: RangeReader,
): Promise<Pick<WeightFile, 'header' | 'headerBytes'>> {
  const { size } = reader;
  if (size < LENGTH_BYTES) {
    throw new Failure('checkpoint.truncated', { file, size, expected: LENGTH_BYTES });
  }
  const headerBytes = headerLength(file, size, await reader.read(0, LENGTH_BYTES));
  const bytes = await reader.read(LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  return { header: parseHeader(file, size, bytes), headerBytes };
}
