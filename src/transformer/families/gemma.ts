import { llamaLike } from './llamaLike';

/**
 * Hugging Face `gemma` (Mesnard et al. 2024): gains stored as differences from 1, scaled embeddings,
 * wide heads. Defaults are those of `GemmaConfig`; as in the reference `hidden_act` counts, not
 * `hidden_activation`.
 */
export const gemma = llamaLike({
  modelType: 'gemma',
  defaults: {
    vocabulary: 256000,
    hidden: 3072,
    feedForward: 24576,
    layers: 28,
    heads: 16,
    keyValueHeads: 16,
    headWidth: 256,
    activation: 'gelu_pytorch_tanh',
    positions: 8192,
    tied: true,
    endToken: 1,
    padToken: 0,
  },
  gainOffset: 1,
  scalesEmbeddings: true,
  biases(read) {
    read.choice('use_bidirectional_attention', [false], false);
    const attention = read.flag('attention_bias', false);
    return { queryKeyValue: attention, output: attention, feedForward: false };
  },
});
