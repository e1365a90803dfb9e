import path from 'node:path';
import { BUILT_IN_TRAINED_TOKENS } from '../protocol/limits';

/** Folder of the model that comes with the product, seen from the folder of `cli.js`. */
export const builtInModel = (dist: string): string =>
  path.resolve(dist, '..', 'media', 'models', 'translate-en');

/** Longest text a model saw in training, where that is known. */
export const trainedTokens = (model: string, dist: string): number | null =>
  model === builtInModel(dist) ? BUILT_IN_TRAINED_TOKENS : null;
