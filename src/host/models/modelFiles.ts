import { Failure } from '../../failure/failure';

const CONFIG = 'config.json';
const WEIGHTS = 'model.safetensors';
const SHARD_INDEX = 'model.safetensors.index.json';
const CARD = 'README.md';
/** Shards as transformers names them: `model-00001-of-00003.safetensors`. */
const SHARD = /^model-\d+-of-\d+\.safetensors$/;

/** What can be told of a model folder without reading a file. */
export interface ModelFiles {
  /** Bytes of the weights. */
  readonly bytes: number;
  /** Whether there is something to open with “Open Model Card”. */
  readonly hasCard: boolean;
}

/** The file system, as far as it is looked at. */
export interface FolderLook {
  /** Names of the files, links to files among them; null: there is no such folder. */
  files(folder: string): Promise<readonly string[] | null>;
  /** Bytes of a file. */
  size(folder: string, file: string): Promise<number>;
}

/** @throws Failure `checkpoint.folder`, `checkpoint.missing` */
export async function lookAtModel(look: FolderLook, folder: string): Promise<ModelFiles> {
  const names = await look.files(folder);
  if (names === null) throw new Failure('checkpoint.folder', { folder });
  if (!names.includes(CONFIG)) throw new Failure('checkpoint.missing', { file: CONFIG, folder });
  const weights = names.includes(WEIGHTS) ? [WEIGHTS] : names.filter((name) => SHARD.test(name));
  if (weights.length === 0 || !(names.includes(WEIGHTS) || names.includes(SHARD_INDEX)))
    throw new Failure('checkpoint.missing', { file: WEIGHTS, folder });
  const sizes = await Promise.all(weights.map((name) => look.size(folder, name)));
  return { bytes: sizes.reduce((a, b) => a + b, 0), hasCard: names.includes(CARD) };
}
