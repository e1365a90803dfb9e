import path from 'node:path';
import type { ModelSource } from './modelSource';

/** `MAX_TOKENS_PER_SIDE` of the model's `training/train.py`: longer pairs were left out of training. */
const TRAINED_TOKENS = 64;

/** The folder's name within the extension. */
const FOLDER = path.join('media', 'models', 'translate-en');

/** The translator that comes with the extension, so that there is nothing to configure. */
export const builtInModel = (extensionFolder: string): ModelSource => ({
  folder: path.join(extensionFolder, FOLDER),
  trainedTokens: TRAINED_TOKENS,
  language: 'fra',
});
