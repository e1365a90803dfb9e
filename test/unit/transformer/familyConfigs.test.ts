import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';
import type { TransformerConfig } from '../../../src/transformer/config';
import { familyOf } from '../../../src/transformer/families/familyOf';

type Json = Record<string, unknown>;

const FAMILIES = [
  ...['bert', 'roberta', 'distilbert', 'albert', 'electra'],
  ...['gpt2', 'gpt_neo', 'gpt_neox', 'gptj', 'llama', 'mistral', 'qwen2', 'qwen3'],
  ...['gemma', 'opt', 'bloom', 'marian', 'bart', 'mbart', 't5', 'transformer'],
];

function configOf(modelType: string, json: Json, names: readonly string[] = []): TransformerConfig {
  const all = { model_type: modelType, ...json };
  return familyOf(all).config(all, new Set(names));
}

function refused(make: () => unknown, code: FailureCode, args: Json = {}): void {
  assert.throws(make, (error) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.code, code);
    for (const [name, value] of Object.entries(args)) assert.equal(error.args[name], value);
    return true;
  });
}

describe('the family of a model', () => {
  it('is unknown: the error lists those there are', () => {
    const known = FAMILIES.join(', ');
    refused(() => familyOf({ model_type: 'mamba' }), 'config.family', {
      modelType: 'mamba',
      known,
    });
    refused(() => familyOf({}), 'config.family', { modelType: '?', known });
    refused(() => familyOf({ model_type: ['bert'] }), 'config.family', { modelType: '?' });
  });

  for (const modelType of FAMILIES) {
    it(`${modelType} has defaults for everything`, () => {
      const config = configOf(modelType, {});
      assert.equal(config.modelType, modelType);
      const { heads, headWidth, keyValueHeads } = (config.encoder ?? config.decoder)!;
      assert.ok(headWidth > 0 && heads % keyValueHeads === 0);
    });

    it(`${modelType} refuses a class that it does not have, and names it`, () => {
      if (modelType === 'transformer') return; // the paper's layout has but one
      const architectures = ['FooForImageClassification'];
      refused(() => configOf(modelType, { architectures }), 'config.option', {
        option: 'architectures',
        value: 'FooForImageClassification',
      });
      refused(() => configOf(modelType, { architectures: 'x' }), 'config.texts');
    });
  }
});

describe('options that a family cannot run are refused by name', () => {
  /** Family, what its file says, the option that the error names. */
  const REFUSED: [string, Json, string, FailureCode?][] = [
    ['bert', { position_embedding_type: 'relative_key' }, 'position_embedding_type'],
    ['bert', { is_decoder: true }, 'is_decoder'],
    ['bert', { hidden_act: 'hard_tanh' }, 'hidden_act'],
    ['bert', { hidden_size: 10, num_attention_heads: 4 }, 'num_attention_heads', 'config.heads'],
    ['bert', { hidden_size: '32' }, 'hidden_size', 'config.count'],
    ['bert', { layer_norm_eps: null, num_hidden_layers: 0 }, 'num_hidden_layers', 'config.count'],
    ['roberta', { add_cross_attention: true }, 'add_cross_attention'],
    ['roberta', { max_position_embeddings: 2 }, 'max_position_embeddings'],
    ['albert', { position_embedding_type: 'relative_key_query' }, 'position_embedding_type'],
    ['electra', { is_decoder: true }, 'is_decoder'],
    ['distilbert', { activation: 'snake' }, 'activation'],
    ['gpt2', { add_cross_attention: true }, 'add_cross_attention'],
    ['gpt2', { scale_attn_weights: 'yes' }, 'scale_attn_weights', 'config.flag'],
    ['gpt_neo', { attention_types: [[['global', 'sparse'], 12]] }, 'attention_types'],
    ['gpt_neo', { num_layers: 4, attention_types: [[['global'], 3]] }, 'attention_types'],
    ['gpt_neo', { num_layers: 4, attention_types: [[['global'], 1e9]] }, 'attention_types'],
    ['gpt_neox', { hidden_size: 32, num_attention_heads: 4, rotary_pct: 0.4 }, 'rotary_pct'],
    ['gpt_neox', { rope_scaling: { type: 'su', factor: 2 } }, 'rope_scaling'],
    ['gptj', { n_embd: 32, n_head: 4, rotary_dim: 3 }, 'rotary_dim'],
    ['gptj', { n_embd: 32, n_head: 4, rotary_dim: 16 }, 'rotary_dim'],
    ['llama', { rope_scaling: { rope_type: 'longrope', factor: 2 } }, 'rope_scaling'],
    ['llama', { rope_scaling: 2 }, 'rope_scaling', 'config.object'],
    ['llama', { rope_scaling: { rope_type: 'linear' } }, 'factor', 'config.positive'],
    ['llama', { partial_rotary_factor: 0.5 }, 'partial_rotary_factor'],
    ['llama', { num_key_value_heads: 5 }, 'num_key_value_heads', 'config.heads'],
    ['llama', { head_dim: 5 }, 'head_dim'],
    ['mistral', { sliding_window: 0 }, 'sliding_window', 'config.count'],
    ['qwen2', { use_sliding_window: true, layer_types: ['linear_attention'] }, 'layer_types'],
    ['qwen3', { use_sliding_window: true, layer_types: 'full' }, 'layer_types', 'config.texts'],
    ['gemma', { use_bidirectional_attention: true }, 'use_bidirectional_attention'],
    ['opt', { activation_function: 'snake' }, 'activation_function'],
    ['bloom', { hidden_size: 64, n_head: 5 }, 'n_head', 'config.heads'],
    ['marian', { normalize_before: true }, 'normalize_before'],
    ['bart', { encoder_attention_heads: 7 }, 'encoder_attention_heads', 'config.heads'],
    ['mbart', { activation_function: 'snake' }, 'activation_function'],
    ['t5', { feed_forward_proj: 'gated-snake' }, 'feed_forward_proj'],
    ['t5', { relative_attention_num_buckets: 2 }, 'relative_attention_num_buckets', 'config.count'],
    ['transformer', { norm_position: 'pre' }, 'norm_position'],
  ];
  for (const [modelType, json, option, code = 'config.option'] of REFUSED) {
    it(`${modelType} ${JSON.stringify(json)}`, () => {
      refused(() => configOf(modelType, json), code, { option });
    });
  }
});

describe('a folder that names no class', () => {
  const taskOf = (modelType: string, names: readonly string[], json: Json = {}) =>
    configOf(modelType, json, names).head?.task;

  it('is what its tensors say', () => {
    assert.equal(taskOf('bert', ['cls.predictions.transform.dense.weight']), 'maskedToken');
    assert.equal(taskOf('bert', ['qa_outputs.weight']), 'answerSpan');
    assert.equal(taskOf('bert', ['encoder.layer.0.x', 'pooler.dense.weight']), null);
    assert.equal(taskOf('bert', ['encoder.layer.0.x']), undefined, 'no head at all');
    assert.equal(taskOf('electra', ['discriminator_predictions.dense.weight']), 'replacedToken');
    assert.equal(taskOf('electra', ['generator_predictions.dense.weight']), 'maskedToken');
    assert.equal(taskOf('llama', ['lm_head.weight']), 'nextToken');
    assert.equal(taskOf('llama', ['embed_tokens.weight']), undefined);
    assert.equal(taskOf('gpt2', ['wte.weight']), 'nextToken', 'tied');
  });

  it('is refused where the tensors do not say: a classifier of texts or of tokens', () => {
    for (const modelType of ['bert', 'roberta', 'distilbert', 'albert', 'electra'])
      refused(() => configOf(modelType, {}, ['classifier.weight']), 'config.option', {
        option: 'architectures',
      });
  });
});

describe('what a file leaves to its family', () => {
  it('windows of layers', () => {
    const windows = (modelType: string, json: Json): (number | null)[] => {
      const { layers, window } = configOf(modelType, json).decoder!;
      return Array.from({ length: layers }, (_, layer) => window(layer));
    };
    assert.deepEqual(windows('mistral', { num_hidden_layers: 2 }), [4096, 4096]);
    assert.deepEqual(windows('mistral', { num_hidden_layers: 1, sliding_window: null }), [null]);
    const layers = { num_hidden_layers: 3, sliding_window: 5 };
    assert.deepEqual(windows('qwen2', layers), [null, null, null], 'not switched on');
    const on = { ...layers, use_sliding_window: true };
    assert.deepEqual(windows('qwen2', { ...on, max_window_layers: 1 }), [null, 5, 5]);
    const types = ['sliding_attention', 'full_attention', 'sliding_attention'];
    assert.deepEqual(windows('qwen3', { ...on, layer_types: types }), [5, null, 5]);
    const neo = {
      num_layers: 3,
      attention_types: [
        [['global'], 1],
        [['local'], 2],
      ],
      window_size: 9,
    };
    assert.deepEqual(windows('gpt_neo', neo), [null, 9, 9]);
  });

  it('scales of scores', () => {
    const scales = (modelType: string, json: Json): number[] => {
      const { layers, scoreScale } = configOf(modelType, json).decoder!;
      return Array.from({ length: layers }, (_, layer) => scoreScale(layer));
    };
    const small = { n_embd: 32, n_head: 2, n_layer: 2 };
    assert.deepEqual(scales('gpt2', small), [1 / 4, 1 / 4]);
    assert.deepEqual(scales('gpt2', { ...small, scale_attn_weights: false }), [1, 1]);
    const byLayer = { ...small, scale_attn_by_inverse_layer_idx: true };
    assert.deepEqual(scales('gpt2', byLayer), [1 / 4, 1 / 8]);
    const neo = { hidden_size: 32, num_heads: 2, num_layers: 2 };
    assert.deepEqual(scales('gpt_neo', neo), [1, 1]);
    assert.deepEqual(scales('t5', { num_layers: 1 }), [1]);
  });

  it('heads and widths', () => {
    const decoder = (modelType: string, json: Json) => configOf(modelType, json).decoder!;
    const size = { hidden_size: 64, num_attention_heads: 4 };
    assert.equal(decoder('llama', size).keyValueHeads, 4);
    assert.equal(decoder('llama', { ...size, num_key_value_heads: 2 }).keyValueHeads, 2);
    assert.equal(decoder('mistral', { ...size, num_attention_heads: 8 }).keyValueHeads, 8);
    assert.equal(decoder('llama', size).headWidth, 16);
    assert.equal(decoder('qwen3', { ...size, num_key_value_heads: 4 }).headWidth, 128);
    assert.equal(decoder('gemma', { ...size, num_key_value_heads: 1 }).headWidth, 256);
    const gemma = decoder('gemma', { ...size, num_key_value_heads: 1 });
    assert.deepEqual([gemma.norm.gainOffset, gemma.embedding.scale], [1, 8]);
    assert.equal(decoder('opt', { word_embed_proj_dim: 32 }).embedding.width, 32);
  });
});
