import { Failure, type FailureArgs } from '../failure/failure';
import type { FailureCode } from '../failure/messages';
import type { ModelFolder } from './modelFolder';
import { INDEX_FILE } from './shardIndex';

/** The one file that holds a model's weights where an index names none. */
export const WEIGHTS_FILE = 'model.safetensors';

/** What lies beside the weights, where nobody looks for the model: a trainer's state, a self-test's answers. */
const SIDE_FILE =
  /^((training_args|optimizer|scheduler|scaler|rng_state)[\w-]*\.(bin|pt|pth)|expected\.safetensors)$/i;
/** Names worth telling a person; more would bury the advice. */
const MAX_NAMED = 3;

/** A form of weights that is not read, by the names of its files, and what to do with it. */
interface OtherForm {
  readonly pattern: RegExp;
  readonly code: FailureCode;
  readonly args?: FailureArgs;
}

/** What is nearest to a model that can be read comes first, and decides. */
const OTHER_FORMS: readonly OtherForm[] = [
  { pattern: /^adapter_model.*\.safetensors$/i, code: 'checkpoint.adapter' },
  // Meta's and Mistral's own layout: other names inside, so that renaming the file does not help.
  { pattern: /^consolidated.*\.safetensors$/i, code: 'checkpoint.otherForm' },
  { pattern: /\.safetensors$/i, code: 'checkpoint.otherName' },
  // Pickles can run code when opened.
  { pattern: /\.(bin|pt|pth|ckpt)$/i, code: 'checkpoint.format' },
  { pattern: /\.h5$/i, code: 'checkpoint.framework', args: { option: 'from_tf=True' } },
  { pattern: /\.msgpack$/i, code: 'checkpoint.framework', args: { option: 'from_flax=True' } },
  {
    pattern: /\.(gguf|ggml|onnx|onnx_data|tflite|npz|pb|mlmodel)$/i,
    code: 'checkpoint.otherForm',
  },
];

/**
 * Why a folder that lacks `file` (its configuration or its weights) is no model to be read: because
 * its weights have another form, which has a remedy of its own, or just because `file` is missing.
 */
export async function explainMissing(folder: ModelFolder, file: string): Promise<Failure> {
  const names = await folder.list();
  const foreign = names.includes(WEIGHTS_FILE) || names.includes(INDEX_FILE) ? [] : formsOf(names);
  const [decisive] = foreign;
  if (!decisive) return new Failure('checkpoint.missing', { file, folder: folder.path });
  const named = foreign.slice(0, MAX_NAMED).map(({ name }) => name);
  const found = [...named, ...(foreign.length > MAX_NAMED ? ['…'] : [])].join(', ');
  return new Failure(decisive.form.code, { folder: folder.path, found, ...decisive.form.args });
}

/** Files that hold weights of another form, the form that decides first. */
function formsOf(names: readonly string[]): { name: string; form: OtherForm }[] {
  const files = names.filter((name) => !SIDE_FILE.test(name)).toSorted();
  const rank = ({ form }: { form: OtherForm }): number => OTHER_FORMS.indexOf(form);
  return files
    .flatMap((name) => {
      const form = OTHER_FORMS.find(({ pattern }) => pattern.test(name));
      return form ? [{ name, form }] : [];
    })
    .toSorted((a, b) => rank(a) - rank(b));
}
