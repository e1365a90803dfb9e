import { existsSync } from 'node:fs';
import { mkdir, open, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { safetensorsChunks, type WritableTensor } from '../../src/checkpoint/writeSafetensors';
import { POSITIONS, type Shape } from './shapes';

const SEED = 12_345;
/** Half the width of the uniform distribution of weights: attention is then neither even nor one-hot. */
const WEIGHT_SPREAD = 0.05;
const BIAS_SPREAD = 0.02;
const TOKEN_TYPES = 2;

/** Uniform in [−1, 1), the same everywhere (a linear congruential generator; Numerical Recipes, 7.1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  };
}

/** Writes a model folder with such weights, as Hugging Face names them, unless it is there. @returns its path */
export async function writeCheckpoint(directory: string, shape: Shape): Promise<string> {
  const folder = path.join(directory, shape.name);
  const weights = path.join(folder, 'model.safetensors');
  if (existsSync(weights)) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(configOf(shape), null, 1));
  const file = await open(`${weights}.new`, 'w');
  try {
    for (const chunk of safetensorsChunks(tensorsOf(shape))) await file.writeFile(chunk);
  } finally {
    await file.close();
  }
  await rename(`${weights}.new`, weights);
  return folder;
}

function configOf({ family, layers, width, heads, feedForward, vocabulary }: Shape): object {
  return family === 'bert'
    ? {
        model_type: 'bert',
        architectures: ['BertModel'],
        hidden_size: width,
        num_hidden_layers: layers,
        num_attention_heads: heads,
        intermediate_size: feedForward,
        hidden_act: 'gelu',
        layer_norm_eps: 1e-12,
        max_position_embeddings: POSITIONS,
        type_vocab_size: TOKEN_TYPES,
        vocab_size: vocabulary,
      }
    : {
        model_type: 'gpt2',
        architectures: ['GPT2LMHeadModel'],
        n_embd: width,
        n_layer: layers,
        n_head: heads,
        n_inner: feedForward,
        activation_function: 'gelu_new',
        layer_norm_epsilon: 1e-5,
        n_positions: POSITIONS,
        vocab_size: vocabulary,
      };
}

function tensorsOf(shape: Shape): WritableTensor[] {
  const random = randomNumbers(SEED);
  const tensor = (name: string, dimensions: readonly number[], spread: number, centre = 0) => {
    const count = dimensions.reduce((product, length) => product * length, 1);
    const data = Float32Array.from({ length: count }, () => centre + spread * random());
    return { name, shape: dimensions, data };
  };
  const matrix = (name: string, rows: number, columns: number) =>
    tensor(name, [rows, columns], WEIGHT_SPREAD);
  const norm = (name: string) => [
    tensor(`${name}.weight`, [shape.width], BIAS_SPREAD, 1),
    tensor(`${name}.bias`, [shape.width], BIAS_SPREAD),
  ];
  return shape.family === 'bert' ? bertTensors() : gpt2Tensors();

  /** Weights of linear maps are `[out, in]`. */
  function bertTensors(): WritableTensor[] {
    const { layers, width, feedForward, vocabulary } = shape;
    const linear = (name: string, inputs: number, outputs: number) => [
      matrix(`${name}.weight`, outputs, inputs),
      tensor(`${name}.bias`, [outputs], BIAS_SPREAD),
    ];
    const block = (name: string) => [
      ...linear(`${name}.attention.self.query`, width, width),
      ...linear(`${name}.attention.self.key`, width, width),
      ...linear(`${name}.attention.self.value`, width, width),
      ...linear(`${name}.attention.output.dense`, width, width),
      ...norm(`${name}.attention.output.LayerNorm`),
      ...linear(`${name}.intermediate.dense`, width, feedForward),
      ...linear(`${name}.output.dense`, feedForward, width),
      ...norm(`${name}.output.LayerNorm`),
    ];
    return [
      matrix('embeddings.word_embeddings.weight', vocabulary, width),
      matrix('embeddings.position_embeddings.weight', POSITIONS, width),
      matrix('embeddings.token_type_embeddings.weight', TOKEN_TYPES, width),
      ...norm('embeddings.LayerNorm'),
      ...Array.from({ length: layers }, (_, layer) => block(`encoder.layer.${layer}`)).flat(),
    ];
  }

  /** Weights of linear maps are `[in, out]`; queries, keys and values are one. */
  function gpt2Tensors(): WritableTensor[] {
    const { layers, width, feedForward, vocabulary } = shape;
    const linear = (name: string, inputs: number, outputs: number) => [
      matrix(`${name}.weight`, inputs, outputs),
      tensor(`${name}.bias`, [outputs], BIAS_SPREAD),
    ];
    const block = (name: string) => [
      ...norm(`${name}.ln_1`),
      ...linear(`${name}.attn.c_attn`, width, 3 * width),
      ...linear(`${name}.attn.c_proj`, width, width),
      ...norm(`${name}.ln_2`),
      ...linear(`${name}.mlp.c_fc`, width, feedForward),
      ...linear(`${name}.mlp.c_proj`, feedForward, width),
    ];
    return [
      matrix('transformer.wte.weight', vocabulary, width),
      matrix('transformer.wpe.weight', POSITIONS, width),
      ...Array.from({ length: layers }, (_, layer) => block(`transformer.h.${layer}`)).flat(),
      ...norm('transformer.ln_f'),
    ];
  }
}
