import type { NormConfig, StackConfig, TransformerConfig } from '../config';
import type { Json } from '../generate/optionReader';
import { ConfigReader } from './configReader';
import { decoderOnly, outputNames } from './decoderOnly';
import type { Family } from './family';
import { ropeScaling } from './ropeOptions';
import { rmsNorm, stackShape } from './stackShape';
import { linear, plainStack, prefixIn, type BlockNames, type StackNames } from './weightNames';

/** Which linear maps of attention and of the feed-forward network have a bias. */
export interface Biases {
  readonly queryKeyValue: boolean;
  readonly output: boolean;
  readonly feedForward: boolean;
}

/** In what Llama's descendants differ. */
export interface LlamaDialect {
  readonly modelType: string;
  /** Defaults of the family's configuration class. */
  readonly defaults: {
    readonly vocabulary: number;
    readonly hidden: number;
    readonly feedForward: number;
    readonly layers: number;
    readonly heads: number;
    /** Where the file is silent; null: as many as heads. */
    readonly keyValueHeads: number | null;
    /** Where the file is silent; null: hidden / heads. */
    readonly headWidth: number | null;
    readonly activation: string;
    readonly positions: number;
    readonly tied: boolean;
    readonly endToken: number;
    readonly padToken: number | null;
  };
  /** Gains are stored as differences from 1. */
  readonly gainOffset?: 0 | 1;
  /** Token embeddings × √d_model. */
  readonly scalesEmbeddings?: boolean;
  /** Queries and keys of each head are normalised. */
  readonly normsHeads?: boolean;
  biases(read: ConfigReader): Biases;
  /** Keys that a query of each layer sees. */
  windows?(read: ConfigReader, layers: number): (layer: number) => number | null;
}

/** Families after Llama (Touvron et al. 2023): RMSNorm before, rotary positions, gated feed-forward. */
export function llamaLike(dialect: LlamaDialect): Family {
  return {
    modelType: dialect.modelType,

    config(json, names): TransformerConfig {
      const read = new ConfigReader(json);
      const { defaults } = dialect;
      const decoder = stackOf(read, dialect);
      dialect.biases(read);
      return decoderOnly(dialect.modelType, read, names, decoder, {
        tied: defaults.tied,
        endToken: defaults.endToken,
        padToken: defaults.padToken,
        activation: ['hidden_act', defaults.activation],
      });
    },

    weights({ head }, names, json: Json) {
      const biases = dialect.biases(new ConfigReader(json));
      const prefix = prefixIn(names, 'model.');
      const decoder: StackNames = {
        ...plainStack,
        tokens: [`${prefix}embed_tokens.weight`],
        block: (layer) =>
          blockNames(`${prefix}layers.${layer}`, biases, dialect.normsHeads === true),
        finalNorm: `${prefix}norm`,
      };
      return {
        encoder: null,
        decoder,
        head: head && outputNames('lm_head.weight'),
        ignorable: /\.rotary_emb\.inv_freq$|^lm_head\.weight$/,
      };
    },
  };
}

function stackOf(read: ConfigReader, dialect: LlamaDialect): StackConfig {
  const { defaults } = dialect;
  const dModel = read.count('hidden_size', defaults.hidden);
  const heads = read.count('num_attention_heads', defaults.heads);
  const keyValueHeads = read.countOrNull('num_key_value_heads', defaults.keyValueHeads) ?? heads;
  read.divides('num_key_value_heads', keyValueHeads, heads);
  const given = read.countOrNull('head_dim', defaults.headWidth);
  if (given === null) read.divides('num_attention_heads', heads, dModel);
  const headWidth = given ?? dModel / heads;
  if (headWidth % 2 !== 0) read.refuse('head_dim', '2, 4, 6, …');
  const layers = read.count('num_hidden_layers', defaults.layers);
  const trained = read.count('max_position_embeddings', defaults.positions);
  const norm: NormConfig = rmsNorm(read.number('rms_norm_eps', 1e-6), dialect.gainOffset ?? 0);
  if (read.number('partial_rotary_factor', 1) !== 1) read.refuse('partial_rotary_factor', '1');
  return stackShape({
    layers,
    dModel,
    heads,
    keyValueHeads,
    headWidth,
    dFeedForward: read.count('intermediate_size', defaults.feedForward),
    activation: read.activation('hidden_act', defaults.activation),
    norm,
    normPlacement: 'pre',
    positions: {
      kind: 'rotary',
      dimensions: headWidth,
      interleaved: false,
      base: read.positive('rope_theta', 10_000),
      scaling: ropeScaling(read, trained),
      trained,
    },
    vocabulary: read.count('vocab_size', defaults.vocabulary),
    embeds: { scale: dialect.scalesEmbeddings === true ? Math.sqrt(dModel) : 1 },
    window: dialect.windows?.(read, layers) ?? (() => null),
  });
}

function blockNames(block: string, biases: Biases, normsHeads: boolean): BlockNames {
  const projection = (name: string) =>
    linear(`${block}.self_attn.${name}_proj`, biases.queryKeyValue);
  const feedForward = (name: string) => linear(`${block}.mlp.${name}_proj`, biases.feedForward);
  return {
    self: {
      projections: { query: projection('q'), key: projection('k'), value: projection('v') },
      output: linear(`${block}.self_attn.o_proj`, biases.output),
      queryNorm: normsHeads ? `${block}.self_attn.q_norm` : null,
      keyNorm: normsHeads ? `${block}.self_attn.k_norm` : null,
      norm: `${block}.input_layernorm`,
    },
    cross: null,
    expand: feedForward('gate'),
    linearHalf: feedForward('up'),
    contract: feedForward('down'),
    feedForwardNorm: `${block}.post_attention_layernorm`,
  };
}
