import { llamaLike } from './llamaLike';
import { slidingLayers } from './slidingLayers';

/** Hugging Face `qwen2` (Yang et al. 2024): queries, keys and values have biases. Defaults are those of `Qwen2Config`. */
export const qwen2 = llamaLike({
  modelType: 'qwen2',
  defaults: {
    vocabulary: 151936,
    hidden: 4096,
    feedForward: 22016,
    layers: 32,
    heads: 32,
    keyValueHeads: 32,
    headWidth: null,
    activation: 'silu',
    positions: 32768,
    tied: false,
    endToken: 0,
    padToken: null,
  },
  biases: () => ({ queryKeyValue: true, output: false, feedForward: false }),
  windows: slidingLayers,
});
