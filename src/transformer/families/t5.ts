import type { Activation, StackConfig, TransformerConfig } from '../config';
import { classNameOf } from './classNames';
import { ConfigReader } from './configReader';
import type { Family } from './family';
import { seq2seqHead } from './seq2seq';
import { rmsNorm, stackShape } from './stackShape';
import {
  linear,
  plainStack,
  type AttentionNames,
  type BlockNames,
  type StackNames,
  type WeightNames,
} from './weightNames';

const ALIASES = {
  num_layers: 'num_hidden_layers',
  num_heads: 'num_attention_heads',
  d_model: 'hidden_size',
  d_kv: 'head_dim',
};
const DEFAULT_FEED_FORWARD = 'relu';

/** Hugging Face `t5` (Raffel et al. 2020), version 1.0 and 1.1: relative bias, no scaling of scores, no biases. Defaults are those of `T5Config`. */
export const t5: Family = {
  modelType: 't5',

  config(json): TransformerConfig {
    const read = new ConfigReader(json, ALIASES);
    const dModel = read.count('d_model', 512);
    const vocabulary = read.count('vocab_size', 32128);
    const layers = read.count('num_layers', 6);
    const { activation } = feedForward(read);
    const encoderOnly = classNameOf(read).endsWith('EncoderModel');
    const buckets = read.count('relative_attention_num_buckets', 32, 4);
    // Where near distances end; those of an encoder share the buckets between two directions.
    const near = Math.floor(buckets / (encoderOnly ? 4 : 2));
    const maxDistance = read.count('relative_attention_max_distance', 128, near + 1);
    const tied = read.flag('tie_word_embeddings', true);
    const stack = (bidirectional: boolean, count: number): StackConfig =>
      stackShape({
        layers: count,
        dModel,
        heads: read.count('num_heads', 8),
        headWidth: read.count('d_kv', 64),
        dFeedForward: read.count('d_ff', 2048),
        activation,
        norm: rmsNorm(read.number('layer_norm_epsilon', 1e-6)),
        normPlacement: 'pre',
        scoreScale: () => 1,
        positions: { kind: 'relativeBias', buckets, maxDistance, bidirectional },
        vocabulary,
      });
    const scale = tied ? 1 / Math.sqrt(dModel) : 1;
    return {
      modelType: 't5',
      className: classNameOf(read),
      encoder: stack(true, layers),
      decoder: encoderOnly
        ? null
        : stack(false, read.countOrNull('num_decoder_layers', null) ?? layers),
      sharedEmbeddings: true,
      head: encoderOnly ? null : seq2seqHead(read, vocabulary, tied, scale),
      padToken: read.token('pad_token_id', 0),
      decoderStartToken: read.token('decoder_start_token_id', 0),
      endTokens: read.tokens('eos_token_id', 1),
      activationName: read.text('feed_forward_proj', DEFAULT_FEED_FORWARD),
    };
  },

  weights({ decoder, head }, _names, json): WeightNames {
    const { gated } = feedForward(new ConfigReader(json, ALIASES));
    const output = 'lm_head.weight';
    const shared = ['shared.weight', 'encoder.embed_tokens.weight', 'decoder.embed_tokens.weight'];
    return {
      encoder: stackNames('encoder', shared, gated),
      decoder: decoder && stackNames('decoder', shared, gated),
      head: head && {
        transform: null,
        transformNorm: null,
        output: [output],
        outputBias: null,
      },
      // The first T5 checkpoints keep a bias of cross-attention that nothing reads.
      ignorable: /EncDecAttention\.relative_attention_bias|(shared|embed_tokens|lm_head)\.weight$/,
    };
  },
};

/** `relu` or `gated-gelu`: the latter means the tanh form. What files say of its two halves one by one wins, as in the reference. */
function feedForward(read: ConfigReader): { activation: Activation; gated: boolean } {
  const option = 'feed_forward_proj';
  const value = read.text(option, DEFAULT_FEED_FORWARD);
  const gated = value.startsWith('gated-');
  const name = gated ? value.slice('gated-'.length) : value;
  const activation = value === 'gated-gelu' ? 'gelu_new' : read.activationNamed(option, name);
  const dense = 'dense_act_fn';
  return {
    activation: read.value(dense) === undefined ? activation : read.activation(dense, ''),
    gated: read.flag('is_gated_act', gated),
  };
}

function stackNames(
  side: 'encoder' | 'decoder',
  tokens: readonly string[],
  gated: boolean,
): StackNames {
  return {
    ...plainStack,
    tokens,
    relativeBias: `${side}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`,
    block: (layer) => blockNames(`${side}.block.${layer}`, side === 'decoder', gated),
    finalNorm: `${side}.final_layer_norm`,
  };
}

function blockNames(block: string, crosses: boolean, gated: boolean): BlockNames {
  const attention = (layer: number, name: string): AttentionNames => {
    const projection = (letter: string) =>
      linear(`${block}.layer.${layer}.${name}.${letter}`, false);
    return {
      projections: { query: projection('q'), key: projection('k'), value: projection('v') },
      output: projection('o'),
      queryNorm: null,
      keyNorm: null,
      norm: `${block}.layer.${layer}.layer_norm`,
    };
  };
  const last = `${block}.layer.${crosses ? 2 : 1}`;
  const dense = (name: string) => linear(`${last}.DenseReluDense.${name}`, false);
  return {
    self: attention(0, 'SelfAttention'),
    cross: crosses ? attention(1, 'EncDecAttention') : null,
    expand: dense(gated ? 'wi_0' : 'wi'),
    linearHalf: gated ? dense('wi_1') : null,
    contract: dense('wo'),
    feedForwardNorm: `${last}.layer_norm`,
  };
}
