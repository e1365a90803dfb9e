import assert from 'node:assert/strict';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { assertRefused } from './assertRefused';
import { runCli, Workspace } from './runCli';

const MARIAN = path.resolve('test/fixtures/reference/marian');
const BUILT_IN = path.resolve('media/models/translate-en');
const ids = { input_ids: [[5, 6, 7]], decoder_input_ids: [[97, 3]] };

describe('bad input: exit 2, one line, nothing written', () => {
  const workspace = new Workspace();
  const out = workspace.file('never.safetensors');
  after(() => workspace.remove());

  /** Token ids for the tiny Marian model, and what the message must say. */
  const IDS: [string, unknown, RegExp, string[]?][] = [
    ['not an object', [[1]], /not a JSON object/],
    ['unknown key', { ...ids, inputs: [[1]] }, /unknown key “inputs”.*input_ids/],
    ['no input_ids', { decoder_input_ids: [[97]] }, /no input_ids/],
    ['no decoder_input_ids', { input_ids: [[1]] }, /no decoder_input_ids.*--generate/],
    ['a flat list', { ...ids, input_ids: [5, 6] }, /input_ids is not a list of lists/],
    ['an empty batch', { ...ids, input_ids: [] }, /input_ids is not a list of lists/],
    ['an empty row', { ...ids, input_ids: [[]] }, /each with at least one/],
    ['a fraction', { ...ids, input_ids: [[1.5]] }, /whole numbers/],
    ['text', { ...ids, input_ids: [['a']] }, /whole numbers/],
    ['null', { ...ids, input_ids: null }, /input_ids is not a list/],
    [
      'ragged rows',
      { ...ids, input_ids: [[1, 2], [3]] },
      /row 1 of input_ids has 1 numbers, row 0 has 2/,
    ],
    [
      'mask of another length',
      { ...ids, attention_mask: [[1, 1]] },
      /attention_mask is \[1, 2\], but input_ids is \[1, 3\]/,
    ],
    ['mask with a 2', { ...ids, attention_mask: [[1, 2, 1]] }, /attention_mask holds 2/],
    [
      'decoder mask alone',
      { input_ids: [[1]], decoder_attention_mask: [[1]] },
      /no decoder_input_ids/,
    ],
    [
      'batches differ',
      { ...ids, decoder_input_ids: [[97], [97]] },
      /decoder_input_ids has 2 rows, but input_ids has 1/,
    ],
    ['id beyond the vocabulary', { ...ids, input_ids: [[98]] }, /input_ids holds 98.*0 to 97/],
    ['negative id', { ...ids, decoder_input_ids: [[-1]] }, /decoder_input_ids holds -1/],
    [
      'source too long',
      { ...ids, input_ids: [Array(41).fill(1)] },
      /input_ids is 41 tokens long.*40 positions/,
    ],
    [
      'target too long',
      { ...ids, decoder_input_ids: [Array(41).fill(1)] },
      /decoder_input_ids is 41 tokens long/,
    ],
    [
      'token types',
      { ...ids, token_type_ids: [[0, 0, 0]] },
      /token_type_ids is no input of a “marian” model/,
    ],
    ['positions', { ...ids, position_ids: [[0, 1, 2]] }, /position_ids is no input/],
    [
      'masked prompt',
      { ...ids, decoder_attention_mask: [[0, 1]] },
      /--generate.*decoder_attention_mask/,
      ['--generate', '3'],
    ],
    ['unknown capture', ids, /no “attention”.*attentions/, ['--capture', 'attention']],
    [
      'capture of a layer beyond',
      ids,
      /no “encoder.blocks.3.attn.z”/,
      ['--capture', 'encoder.blocks.3.attn.z'],
    ],
    ['empty capture', ids, /no “”/, ['--capture', 'logits,']],
    ['pooler', ids, /“marian” model has no pooler_output/, ['--capture', 'pooler_output']],
  ];
  for (const [what, value, message, options = []] of IDS) {
    it(`ids: ${what}`, () => {
      const args = ['trace', '--model', MARIAN, '--ids', workspace.json(value), '--out', out];
      assertRefused(workspace, [...args, ...options], message);
    });
  }

  it('ids: not JSON', () => {
    writeFileSync(workspace.file('bad.json'), '{"input_ids": [[1]');
    assertRefused(
      workspace,
      ['trace', '--ids', workspace.file('bad.json'), '--out', out],
      /not a JSON object/,
    );
  });

  /** A copy of a model folder with something wrong in it. */
  const FOLDERS: [string, string, (folder: string) => void, RegExp, string[]?][] = [
    [
      'no config.json',
      MARIAN,
      (f) => writeFileSync(path.join(f, 'config.json'), ''),
      /config.json in .* is not valid/,
    ],
    [
      'config.json is a list',
      MARIAN,
      (f) => writeFileSync(path.join(f, 'config.json'), '[]'),
      /config.json .*not valid/,
    ],
    [
      'another model type',
      MARIAN,
      (f) => edit(f, 'config.json', { model_type: 'mamba' }),
      /“mamba” is not supported.*marian/,
    ],
    [
      'an activation we lack',
      MARIAN,
      (f) => edit(f, 'config.json', { activation_function: 'hard_tanh' }),
      /activation_function.*hard_tanh.*Supported: relu/,
    ],
    [
      'weights cut short',
      MARIAN,
      (f) => truncateSync(path.join(f, 'model.safetensors'), 300_000),
      /cut short: 300000 bytes.*602080/,
    ],
    [
      'weights of another size',
      MARIAN,
      (f) => edit(f, 'config.json', { decoder_ffn_dim: 128 }),
      /shape \[.*96.*\].*128/,
    ],
    [
      'more layers than weights',
      MARIAN,
      (f) => edit(f, 'config.json', { decoder_layers: 4 }),
      /decoder.layers.3.* is missing/,
    ],
    [
      'weights as a pickle',
      MARIAN,
      (f) => moveAway(f),
      /pytorch_model.bin but no model.safetensors/,
    ],
    [
      'a generation option we lack',
      MARIAN,
      (f) => edit(f, 'generation_config.json', { sequence_bias: [[[3], -1]] }),
      /generation_config.json sets sequence_bias/,
      ['--generate', '3'],
    ],
    [
      'a generation option of a wrong type',
      MARIAN,
      (f) => edit(f, 'generation_config.json', { bad_words_ids: [3] }),
      /bad_words_ids is \[3\]/,
      ['--generate', '3'],
    ],
    [
      'more positions than memory holds',
      MARIAN,
      (f) => edit(f, 'config.json', { max_position_embeddings: 1e9 }),
      /Loading this model would need about \d+ MB/,
    ],
    [
      'one shared table of two sizes',
      path.resolve('test/fixtures/reference/aiayn'),
      (f) => edit(f, 'config.json', { decoder_vocab_size: 120 }),
      /decoder_vocab_size to 120.*Supported: 96/,
    ],
  ];
  for (const [what, model, damage, message, options = []] of FOLDERS) {
    it(`model folder: ${what}`, () => {
      const folder = workspace.file(what.replaceAll(' ', '-'));
      cpSync(model, folder, { recursive: true });
      damage(folder);
      const args = ['trace', '--model', folder, '--ids', workspace.json(ids), '--out', out];
      assertRefused(workspace, [...args, ...options], message);
    });
  }

  it('model folder: a foreign tokenizer', () => {
    const folder = workspace.file('foreign');
    mkdirSync(folder);
    for (const file of ['config.json', 'model.safetensors'])
      cpSync(path.join(BUILT_IN, file), path.join(folder, file));
    cpSync(
      'test/fixtures/tokenizers/wordpiece-cased/tokenizer.json',
      path.join(folder, 'tokenizer.json'),
    );
    assertRefused(
      workspace,
      ['trace', '--model', folder, '--text', 'a'],
      /tokenizer does not belong to this model/,
    );
  });

  it('model folder: an option that is not built does not keep it from being traced', () => {
    const folder = workspace.file('traced');
    cpSync(MARIAN, folder, { recursive: true });
    edit(folder, 'generation_config.json', { sequence_bias: [[[3], -1]] });
    assert.ok(workspace.trace(folder, ids).tensors.has('logits'));
  });
});

describe('standard output on a full disk', () => {
  it('exit 2, one line', function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    const { code, err } = runCli(['tokenize', '--text', 'a'], {}, full);
    closeSync(full);
    assert.match(err, /^stdout cannot be written \(ENOSPC\).*\n$/);
    assert.equal(code, 2);
  });
});

describe('model folders that look odd and are whole', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  /** Nothing of what was changed plays a part in token ids → logits. */
  const HARMLESS: [string, (folder: string) => void][] = [
    [
      'a decoder vocabulary of its own size beside shared embeddings',
      (f) => edit(f, 'config.json', { decoder_vocab_size: 120 }),
    ],
    [
      'a tokenizer that is no text',
      (f) => writeFileSync(path.join(f, 'tokenizer.json'), Buffer.from([0xff, 0xfe, 0])),
    ],
  ];
  for (const [what, change] of HARMLESS) {
    it(what, () => {
      const folder = workspace.file(what.replaceAll(' ', '-'));
      cpSync(MARIAN, folder, { recursive: true });
      change(folder);
      const logits = (model: string): unknown => workspace.trace(model, ids).tensors.get('logits');
      assert.deepEqual(logits(folder), logits(MARIAN));
    });
  }
});

function edit(folder: string, file: string, values: object): void {
  const target = path.join(folder, file);
  writeFileSync(target, JSON.stringify({ ...JSON.parse(readFileSync(target, 'utf8')), ...values }));
}

function moveAway(folder: string): void {
  const weights = path.join(folder, 'model.safetensors');
  renameSync(weights, path.join(folder, 'pytorch_model.bin'));
}
