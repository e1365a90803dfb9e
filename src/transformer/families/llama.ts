import { llamaLike } from './llamaLike';

/** Hugging Face `llama` (Touvron et al. 2023). Defaults are those of `LlamaConfig`. */
export const llama = llamaLike({
  modelType: 'llama',
  defaults: {
    vocabulary: 32000,
    hidden: 4096,
    feedForward: 11008,
    layers: 32,
    heads: 32,
    keyValueHeads: null,
    headWidth: null,
    activation: 'silu',
    positions: 2048,
    tied: false,
    endToken: 2,
    padToken: null,
  },
  biases(read) {
    const attention = read.flag('attention_bias', false);
    return {
      queryKeyValue: attention,
      output: attention,
      feedForward: read.flag('mlp_bias', false),
    };
  },
});
