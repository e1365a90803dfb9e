import { Failure } from '../failure/failure';
import type { ModelFolder } from './modelFolder';

/** Weights in forms that are not read: pickles can run code when opened, the others hold graphs. */
const OTHER_FORMATS = /\.(bin|pt|pth|ckpt|h5|msgpack|gguf|onnx|npz|tflite)$/i;
/** Names worth telling a person; more would bury the advice. */
const MAX_NAMED = 3;

/** Why a folder without `file` has no weights to read: none at all, or only foreign ones. */
export async function explainMissingWeights(folder: ModelFolder, file: string): Promise<Failure> {
  const foreign = (await folder.list()).filter((name) => OTHER_FORMATS.test(name)).sort();
  if (foreign.length === 0) return new Failure('checkpoint.missing', { file, folder: folder.path });
  const named = foreign.slice(0, MAX_NAMED).join(', ');
  const found = foreign.length > MAX_NAMED ? `${named}, …` : named;
  return new Failure('checkpoint.format', { folder: folder.path, found });
}
