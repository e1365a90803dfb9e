// Folders, options and ids that look like a model's and would hang, run out of memory or yield invented numbers.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assertRefused } from './assertRefused';
import { readTensors, runCli, Workspace } from './runCli';

const FIXTURES = path.resolve('test/fixtures/reference');
const IDS = { input_ids: [[5, 6, 7]] };
const NOT_A_NUMBER = 0x7fc00000;
const WRAPS_AROUND = 2 ** 32;

describe('hostile model folders and ids', () => {
  const workspace = new Workspace();
  const out = workspace.file('never.safetensors');
  let copies = 0;
  after(() => workspace.remove());

  /** A copy of a tiny model. */
  function copyOf(model: string, ...changes: ((folder: string) => void)[]): string {
    const folder = workspace.file(`${model}-${copies++}`);
    cpSync(path.join(FIXTURES, model), folder, { recursive: true });
    for (const change of changes) change(folder);
    return folder;
  }

  const set =
    (values: object, file = 'config.json') =>
    (folder: string): void => {
      const target = path.join(folder, file);
      const json = JSON.parse(readFileSync(target, 'utf8')) as object;
      writeFileSync(target, JSON.stringify({ ...json, ...values }));
    };

  const traceOf = (model: string, ids: unknown, ...options: string[]): string[] => [
    'trace',
    '--model',
    model,
    '--ids',
    workspace.json(ids),
    '--out',
    out,
    ...options,
  ];

  const OPTIONS: [string, string, object, RegExp][] = [
    ['layers without end that share weights', 'albert', { num_hidden_layers: 1e15 }, /10000/],
    ['a base of 0', 'llama', { rope_theta: 0 }, /rope_theta is 0; .*above 0/],
    [
      'a factor of 0',
      'llama',
      { rope_scaling: { rope_type: 'linear', factor: 0 } },
      /factor is 0; .*above 0/,
    ],
    [
      'no factor',
      'mistral',
      { rope_scaling: { type: 'linear' } },
      /factor is undefined; .*above 0/,
    ],
    [
      'two kinds of scaling',
      'llama',
      { rope_scaling: { type: 'linear', rope_type: 'dynamic', factor: 2 } },
      /rope_scaling.*rope_type = type/,
    ],
    ['two numbers of heads', 'gpt2', { num_attention_heads: 1 }, /num_attention_heads to 1/],
    ['two numbers of heads', 'bart', { num_attention_heads: 1 }, /num_attention_heads to 1/],
    ['distances without buckets', 't5', { relative_attention_max_distance: 2 }, /at least \d/],
    ['no kind of positions', 'bert', { position_embedding_type: null }, /position_embedding_type/],
  ];
  for (const [what, model, values, message] of OPTIONS) {
    it(`${model}: ${what}`, () => {
      assertRefused(workspace, traceOf(copyOf(model, set(values)), IDS), message);
    });
  }

  const RANGES: [string, object, RegExp][] = [
    [
      'a position that int32 wraps around to 0',
      { position_ids: [[0, 1, WRAPS_AROUND]] },
      /position_ids holds 4294967296; .* from 0 to \d/,
    ],
    [
      'a kind that int32 wraps around to 0',
      { token_type_ids: [[0, 0, WRAPS_AROUND]] },
      /token_type_ids holds 4294967296; .* from 0 to \d/,
    ],
    [
      'a negative kind',
      { token_type_ids: [[0, 0, -1]] },
      /token_type_ids holds -1; .* from 0 to \d/,
    ],
  ];
  for (const [what, values, message] of RANGES) {
    it(`bert ids: ${what}`, () => {
      assertRefused(
        workspace,
        traceOf(path.join(FIXTURES, 'bert'), { ...IDS, ...values }),
        message,
      );
    });
  }

  it('llama ids: a position that has no angle of its own in float32', () => {
    const ids = { ...IDS, position_ids: [[0, 1, 2 ** 31]] };
    const args = traceOf(path.join(FIXTURES, 'llama'), ids);
    assertRefused(workspace, args, /position_ids holds 2147483648; .* from 0 to 16777216/);
  });

  /** Every weight becomes NaN. */
  function damage(folder: string): void {
    const file = path.join(folder, 'model.safetensors');
    const bytes = readFileSync(file);
    const start = 8 + Number(bytes.readBigUInt64LE(0));
    for (let at = start; at < bytes.length; at += 4) bytes.writeUInt32LE(NOT_A_NUMBER, at);
    writeFileSync(file, bytes);
  }
  for (const options of [
    [],
    ['--capture', 'attentions'],
    ['--generate', '3'],
    ['--generate', '3', '--beams', '2'],
  ]) {
    it(`weights that are no numbers: ${options.join(' ')}`, () => {
      assertRefused(workspace, traceOf(copyOf('gpt2', damage), IDS, ...options), /no numbers/);
    });
  }

  for (const beams of [[], ['--beams', '3']]) {
    it(`a forced token beyond the vocabulary is not replaced by another ${beams.join(' ')}`, () => {
      const folder = copyOf('bart', set({ forced_bos_token_id: 99_999 }, 'generation_config.json'));
      const args = traceOf(folder, IDS, '--generate', '3', ...beams);
      assertRefused(workspace, args, /forbid every token at place 0/);
    });
  }

  it('more tokens than the memory of WebAssembly holds, though the machine has more', () => {
    const ids = { input_ids: [Array<number>(30_000).fill(5)] };
    const args = traceOf(path.join(FIXTURES, 'llama'), ids);
    assertRefused(workspace, args, /This run would need about \d+ MB/);
  });

  it('a device without end', function () {
    if (!existsSync('/dev/zero')) this.skip();
    const model = path.join(FIXTURES, 'bert');
    const args = ['trace', '--model', model, '--ids', '/dev/zero', '--out', out];
    assertRefused(workspace, args, /goes on for more than 67108864 bytes/);
    const text = ['tokenize', '--text-file', '/dev/zero'];
    assertRefused(workspace, text, /goes on for more than 536870888 bytes/);
  });

  it('a vocabulary of millions of lines', () => {
    const folder = copyOf('bert', (model) =>
      writeFileSync(path.join(model, 'vocab.txt'), 'a\n'.repeat(1_000_001)),
    );
    assertRefused(workspace, ['tokenize', '--model', folder, '--text', 'a'], /1000001 lines/);
  });

  it('null for a flag means no, as in Python', () => {
    const logits = (scales: unknown): unknown => {
      const model = copyOf('gpt2', set({ scale_attn_weights: scales }));
      const file = workspace.file(`scales-${String(scales)}.safetensors`);
      const ids = workspace.json(IDS);
      const { code, err } = runCli(['trace', '--model', model, '--ids', ids, '--out', file]);
      assert.equal(code, 0, err);
      return readTensors(file).tensors.get('logits');
    };
    assert.deepEqual(logits(null), logits(false));
    assert.notDeepEqual(logits(null), logits(true));
  });
});
