import assert from 'node:assert/strict';
import { capturePlan } from '../../../src/cli/captureList';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';
import type { TransformerConfig } from '../../../src/transformer/config';
import { albert } from '../../../src/transformer/families/albert';
import { bert } from '../../../src/transformer/families/bert';
import { gpt2 } from '../../../src/transformer/families/gpt2';
import { llama } from '../../../src/transformer/families/llama';
import { marian } from '../../../src/transformer/families/marian';

const model = marian.config({ encoder_layers: 2, decoder_layers: 1 }, new Set());
const outputsOf = (config: TransformerConfig, ...words: string[]): string[] =>
  [...capturePlan(words, config).hooks.values()].flat().sort();
const outputs = (...words: string[]): string[] => outputsOf(model, ...words);
const refused = (config: TransformerConfig, word: string, code: FailureCode): void =>
  assert.throws(
    () => capturePlan([word], config),
    (error) => error instanceof Failure && error.code === code,
  );

describe('what --capture stands for', () => {
  it('groups', () => {
    assert.deepEqual(outputs('attentions'), [
      'cross_attentions.0',
      'decoder_attentions.0',
      'encoder_attentions.0',
      'encoder_attentions.1',
    ]);
    assert.deepEqual(outputs('hidden_states'), [
      'decoder_hidden_states.0',
      'decoder_hidden_states.1',
      'encoder_hidden_states.0',
      'encoder_hidden_states.1',
      'encoder_hidden_states.2',
      'encoder_last_hidden_state',
      'last_hidden_state',
    ]);
    assert.deepEqual(outputs('logits'), ['logits']);
    assert.deepEqual(capturePlan(['positional_encoding'], model).positionalEncoding, true);
  });

  it('hooks, beside the group that names the same value', () => {
    const name = 'encoder.blocks.1.attn.pattern';
    const { hooks } = capturePlan(['attentions', name, name], model);
    assert.deepEqual(hooks.get(name), ['encoder_attentions.1', name]);
  });

  for (const word of [
    '',
    'Logits',
    'encoder',
    'blocks.0.attn.hook_q',
    'encoder.blocks.2.attn.z',
    'toString',
  ]) {
    it(`refuses “${word}”`, () => refused(model, word, 'capture.unknown'));
  }

  it('models of one stack have names without a prefix', () => {
    const decoder = gpt2.config({ n_layer: 2 }, new Set());
    assert.deepEqual(outputsOf(decoder, 'attentions', 'logits'), [
      'attentions.0',
      'attentions.1',
      'logits',
    ]);
    assert.deepEqual(outputsOf(decoder, 'hidden_states'), [
      'hidden_states.0',
      'hidden_states.1',
      'hidden_states.2',
      'last_hidden_state',
    ]);
    assert.deepEqual(outputsOf(decoder, 'blocks.1.attn.hook_q'), ['blocks.1.attn.hook_q']);
    refused(decoder, 'blocks.1.attn.hook_rot_q', 'capture.unknown');
    refused(decoder, 'decoder.blocks.1.attn.hook_q', 'capture.unknown');
  });

  it('every output of a head', () => {
    const answers = bert.config({ architectures: ['BertForQuestionAnswering'] }, new Set());
    assert.deepEqual(outputsOf(answers, 'logits'), ['end_logits', 'start_logits']);
    const base = bert.config(
      { architectures: ['BertModel'] },
      new Set(['pooler.dense.weight', 'pooler.dense.bias']),
    );
    assert.deepEqual(outputsOf(base, 'logits', 'pooler_output'), ['pooler_output']);
  });

  it('a hidden state counts layers as the reference does, an attention blocks', () => {
    const shared = albert.config({ num_hidden_layers: 2, inner_group_num: 2 }, new Set());
    assert.deepEqual(outputsOf(shared, 'attentions').length, 4);
    assert.deepEqual(outputsOf(shared, 'hidden_states').length, 4);
  });

  it('what a model does not have', () => {
    refused(model, 'pooler_output', 'capture.unavailable');
    refused(llama.config({}, new Set()), 'positional_encoding', 'capture.unavailable');
  });
});
