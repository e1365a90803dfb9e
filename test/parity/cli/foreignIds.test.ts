// Token ids that fit one family and not another.
import assert from 'node:assert/strict';
import path from 'node:path';
import { assertRefused } from './assertRefused';
import { Workspace } from './runCli';

describe('trace --ids that a model does not take', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());
  const ids = { input_ids: [[5, 6, 7]] };
  const REFUSED: [string, string, object, RegExp, string[]?][] = [
    [
      'kinds of token out of range',
      'reference/bert',
      { token_type_ids: [[0, 2, 0]] },
      /token_type_ids holds 2;.*0 to 1/,
    ],
    [
      'kinds where there are none',
      'reference/gpt2',
      { token_type_ids: [[0, 0, 0]] },
      /no input of a “gpt2”/,
    ],
    [
      'a position out of range',
      'reference/bert',
      { position_ids: [[0, 1, 40]] },
      /position_ids holds 40;.*0 to 39/,
    ],
    [
      'a negative position',
      'reference/gpt2',
      { position_ids: [[0, -1, 2]] },
      /position_ids holds -1;.*0 to 39/,
    ],
    [
      'positions of relative bias',
      'reference/t5',
      { position_ids: [[0, 1, 2]] },
      /position_ids is no input/,
    ],
    [
      'positions of ALiBi',
      'variants/bloom-3heads-untied',
      { position_ids: [[0, 1, 2]] },
      /position_ids is no input/,
    ],
    [
      'positions of what is written',
      'reference/llama',
      { position_ids: [[0, 1, 2]] },
      /position_ids is no input/,
      ['--generate', '2'],
    ],
    [
      'a decoder’s input',
      'reference/bert',
      { decoder_input_ids: [[1]] },
      /decoder_input_ids is no input/,
    ],
    ['no target', 'reference/t5', {}, /no decoder_input_ids/],
    ['an id too many', 'reference/llama', { input_ids: [[97]] }, /input_ids holds 97.*0 to 96/],
    [
      'a text too long',
      'reference/gpt2',
      { input_ids: [Array(41).fill(1)] },
      /41 tokens long.*40 positions/,
    ],
    [
      'writing with an encoder',
      'reference/bert',
      {},
      /BertForMaskedLM writes no text/,
      ['--generate', '2'],
    ],
    [
      'a pooler that is not there',
      'reference/bert',
      {},
      /has no pooler_output/,
      ['--capture', 'pooler_output'],
    ],
  ];
  for (const [what, fixture, inputs, message, options = []] of REFUSED) {
    it(what, () => {
      const model = path.resolve('test/fixtures', fixture);
      const out = workspace.file('never.safetensors');
      const file = workspace.json({ ...ids, ...inputs });
      const args = ['trace', '--model', model, '--ids', file, '--out', out, ...options];
      assertRefused(workspace, args, message);
    });
  }

  it('but a text longer than rotary positions were trained for', () => {
    const length = 70;
    const inputs = { input_ids: [Array(length).fill(5)] };
    const { tensors } = workspace.trace('test/fixtures/reference/llama', inputs);
    assert.deepEqual(tensors.get('logits')!.shape, [1, length, 97]);
  });
});
