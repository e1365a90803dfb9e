import assert from 'node:assert/strict';
import { capturePlan } from '../../../src/cli/captureList';
import { Failure } from '../../../src/failure/failure';

const model = { layers: { encoder: 2, decoder: 1 }, modelType: 'marian' };
const outputs = (...words: string[]): string[] =>
  [...capturePlan(words, model).hooks.values()].flat();

describe('what --capture stands for', () => {
  it('groups', () => {
    assert.deepEqual(outputs('attentions').sort(), [
      'cross_attentions.0',
      'decoder_attentions.0',
      'encoder_attentions.0',
      'encoder_attentions.1',
    ]);
    assert.deepEqual(outputs('hidden_states').sort(), [
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
    it(`refuses “${word}”`, () => {
      assert.throws(
        () => capturePlan([word], model),
        (error) => error instanceof Failure && error.code === 'capture.unknown',
      );
    });
  }
});
