import { Failure } from '../../failure/failure';
import { glanceAtConfig, MAX_CONFIG_BYTES, type ConfigGlance } from './configGlance';
import type { FolderLook } from './folderLook';

export const CONFIG = 'config.json';
const WEIGHTS = 'model.safetensors';
const SHARD_INDEX = 'model.safetensors.index.json';
const CARD = 'README.md';
/** Shards as transformers names them: `model-00001-of-00003.safetensors`. */
const SHARD = /^model-\d+-of-\d+\.safetensors$/;

/** What can be told of a model folder without reading its weights. */
export interface ModelFiles {
  /** Bytes of the weights. */
  readonly bytes: number;
  /** Whether there is something to open with “Open Model Card”. */
  readonly hasCard: boolean;
  /** What its config.json says of it, to tell it from others; only the engine knows better. */
  readonly glance: ConfigGlance | null;
}

/** Names of the files that hold the weights; none: there is no model. */
export function weightFiles(names: readonly string[]): readonly string[] {
  if (names.includes(WEIGHTS)) return [WEIGHTS];
  return names.includes(SHARD_INDEX) ? names.filter((name) => SHARD.test(name)) : [];
}

/** Whether a folder with these files is a model to choose. */
export const isModelFolder = (names: readonly string[]): boolean =>
  names.includes(CONFIG) && weightFiles(names).length > 0;

/** @throws Failure `checkpoint.folder`, `checkpoint.missing` */
export async function lookAtModel(look: FolderLook, folder: string): Promise<ModelFiles> {
  const names = await look.files(folder);
  if (names === null) throw new Failure('checkpoint.folder', { folder });
  if (!names.includes(CONFIG)) throw new Failure('checkpoint.missing', { file: CONFIG, folder });
  const weights = weightFiles(names);
  if (weights.length === 0) throw new Failure('checkpoint.missing', { file: WEIGHTS, folder });
  const sizes = await Promise.all(weights.map((name) => look.size(folder, name)));
  const config = await look.text(folder, CONFIG, MAX_CONFIG_BYTES);
  return {
    bytes: sizes.reduce((a, b) => a + b, 0),
    hasCard: names.includes(CARD),
    glance: config === null ? null : glanceAtConfig(config),
  };
}
