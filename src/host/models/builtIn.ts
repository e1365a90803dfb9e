import path from 'node:path';
import { BUILT_IN_TRAINED_TOKENS } from '../../protocol/limits';
import type { ModelSource } from './modelSource';

/** The folder's name within the extension. */
const FOLDER = path.join('media', 'models', 'translate-en');

/** The translator that comes with the extension, so that there is nothing to configure. */
export const builtInModel = (extensionFolder: string): ModelSource => ({
  folder: path.join(extensionFolder, FOLDER),
  trainedTokens: BUILT_IN_TRAINED_TOKENS,
  language: 'fra',
});
