import { llamaLike } from './llamaLike';
import { slidingLayers } from './slidingLayers';

/** Hugging Face `qwen3` (Yang et al. 2025): each head's queries and keys are normalised. Defaults are those of `Qwen3Config`. */
export const qwen3 = llamaLike({
  modelType: 'qwen3',
  defaults: {
    vocabulary: 151936,
    hidden: 4096,
    feedForward: 22016,
    layers: 32,
    heads: 32,
    keyValueHeads: 32,
    headWidth: 128,
    activation: 'silu',
    positions: 32768,
    tied: false,
    endToken: 0,
    padToken: null,
  },
  normsHeads: true,
  biases(read) {
    const attention = read.flag('attention_bias', false);
    return { queryKeyValue: attention, output: attention, feedForward: false };
  },
  windows: slidingLayers,
});
