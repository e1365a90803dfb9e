import { llamaLike } from './llamaLike';

const DEFAULT_WINDOW = 4096;

/** Hugging Face `mistral` (Jiang et al. 2023): each query sees a window of keys. Defaults are those of `MistralConfig`. */
export const mistral = llamaLike({
  modelType: 'mistral',
  defaults: {
    vocabulary: 32000,
    hidden: 4096,
    feedForward: 14336,
    layers: 32,
    heads: 32,
    keyValueHeads: 8,
    headWidth: null,
    activation: 'silu',
    positions: 4096 * 32,
    tied: false,
    endToken: 2,
    padToken: null,
  },
  biases: () => ({ queryKeyValue: false, output: false, feedForward: false }),
  windows(read) {
    const window = read.countOrNull('sliding_window', DEFAULT_WINDOW);
    return () => window;
  },
});
