import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { safetensorsBytes } from '../../../src/checkpoint/writeSafetensors';
import { largestDifference, readTensors, Workspace, type StoredTensor } from './runCli';

interface Inputs {
  readonly input_ids: number[][];
  readonly attention_mask: number[][];
  readonly decoder_input_ids: number[][];
  readonly decoder_attention_mask: number[][];
}

interface Generation {
  readonly inputs: Partial<Inputs>;
  readonly max_new_tokens: number;
  readonly beams: number;
  readonly sequences: number[][];
  readonly scores: number[] | null;
}

const MODEL = 'test/fixtures/reference/marian';
const FOLDER = 'test/fixtures/edge-cases';
const TOLERANCE = 1e-4;

const expected: {
  cases: Record<string, { inputs: Inputs }>;
  generation: Record<string, Generation>;
} = JSON.parse(readFileSync(`${FOLDER}/expected.json`, 'utf8'));

/**
 * Numbers of the rows that may attend to something: a padded query before the first token of a
 * decoder may see nothing at all, and what comes of that is left to the implementation.
 */
function definedRows(name: string, { shape, data }: StoredTensor, mask: number[][]): number[] {
  if (name.startsWith('encoder')) return [...data];
  const positions = name.includes('attentions') ? shape[2]! : shape[1]!;
  const width = shape.at(-1)!;
  return [...data].filter((_, i) => {
    const position = Math.floor(i / width) % positions;
    const row = Math.floor(i / (data.length / shape[0]!));
    return mask[row]!.slice(0, position + 1).includes(1);
  });
}

describe('edge cases against Hugging Face transformers', () => {
  const workspace = new Workspace();
  const reference = readTensors(`${FOLDER}/expected.safetensors`).tensors;
  let worst = 0;
  after(() => {
    workspace.remove();
    console.log(`      max abs ${worst}`);
  });

  for (const [name, { inputs }] of Object.entries(expected.cases)) {
    it(`case ${name}`, () => {
      const options = ['--capture', 'attentions,hidden_states,logits'];
      const { tensors } = workspace.trace(MODEL, inputs, options);
      for (const [key, stored] of reference) {
        if (!key.startsWith(`${name}/`)) continue;
        const tensor = key.slice(name.length + 1);
        const computed = tensors.get(tensor);
        assert.ok(computed, tensor);
        assert.deepEqual(computed.shape, stored.shape, tensor);
        const mask = inputs.decoder_attention_mask;
        const difference = largestDifference(
          definedRows(tensor, computed, mask),
          definedRows(tensor, stored, mask),
        );
        worst = Math.max(worst, difference);
        assert.ok(difference <= TOLERANCE, `${tensor}: ${difference}`);
      }
    });
  }

  for (const [name, one] of Object.entries(expected.generation)) {
    it(`generation ${name}`, () => {
      const { tensors } = workspace.trace(MODEL, one.inputs, [
        ...['--generate', String(one.max_new_tokens)],
        ...(one.beams > 1 ? ['--beams', String(one.beams)] : []),
      ]);
      const sequences = tensors.get('sequences')!;
      assert.deepEqual(sequences.shape, [one.sequences.length, one.sequences[0]!.length]);
      assert.deepEqual([...sequences.data], one.sequences.flat());
      const scores = tensors.get('sequences_scores');
      assert.equal(scores === undefined, one.scores === null);
      if (one.scores) {
        const difference = largestDifference(scores!.data, one.scores);
        worst = Math.max(worst, difference);
        assert.ok(difference <= TOLERANCE, String(difference));
      }
      assert.equal(tensors.get('logits')!.shape[1], sequences.shape[1]! - 1, 'teacher-forced pass');
    });
  }

  it('defaults: masks all 1', () => {
    const { input_ids, decoder_input_ids } = expected.cases['full']!.inputs;
    const { tensors } = workspace.trace(MODEL, { input_ids, decoder_input_ids });
    const stored = reference.get('full/logits')!;
    assert.ok(largestDifference(tensors.get('logits')!.data, stored.data) <= TOLERANCE);
    assert.ok(
      [...tensors.keys()].every((name) => name === 'logits' || name.includes('attentions.')),
    );
  });

  it('writes hooks under their own names, consistent with each other', () => {
    const { inputs } = expected.cases['left']!;
    const hooks = ['hook_q', 'hook_k', 'hook_v', 'scores', 'pattern', 'z', 'result'];
    const names = hooks.map((hook) => `decoder.blocks.1.cross_attn.${hook}`);
    const list = [
      ...names,
      'encoder.embed',
      'encoder.pos_embed',
      'attentions',
      'hidden_states',
    ].join(',');
    const { tensors } = workspace.trace(MODEL, inputs, ['--capture', list]);
    const get = (name: string): StoredTensor => tensors.get(name)!;
    const [q, k, v, scores, , z, result] = names.map(get);
    const pattern = get('decoder.blocks.1.cross_attn.pattern');
    assert.deepEqual(q!.shape, [2, 5, 4, 12]);
    assert.deepEqual(k!.shape, [2, 9, 4, 12]);
    assert.deepEqual(v!.shape, [2, 9, 4, 12]);
    assert.deepEqual(scores!.shape, [2, 4, 5, 9]);
    assert.deepEqual(pattern, get('cross_attentions.1'));
    assert.deepEqual(z!.shape, [2, 5, 4, 12]);
    assert.deepEqual(result!.shape, [2, 5, 4, 48]);
    const sum = get('encoder.embed').data.map((x, i) => x + get('encoder.pos_embed').data[i]!);
    assert.ok(largestDifference(sum, get('encoder_hidden_states.0').data) <= 1e-6);
    // One entry by hand: row 0, head 2, query 1, key 3 is q · k ÷ √d_k; z is the mixture of v.
    let dot = 0;
    for (let d = 0; d < 12; d++)
      dot += q!.data[(1 * 4 + 2) * 12 + d]! * k!.data[(3 * 4 + 2) * 12 + d]!;
    assert.ok(Math.abs(dot / Math.sqrt(12) - scores!.data[(2 * 5 + 1) * 9 + 3]!) <= 1e-5);
    let mixed = 0;
    for (let key = 0; key < 9; key++)
      mixed += pattern.data[(2 * 5 + 1) * 9 + key]! * v!.data[(key * 4 + 2) * 12]!;
    assert.ok(Math.abs(mixed - z!.data[(1 * 4 + 2) * 12]!) <= 1e-5);
  });

  it('gives padding no weight, on either side', () => {
    const { inputs } = expected.cases['mixed']!;
    const { tensors } = workspace.trace(MODEL, inputs);
    for (const name of ['encoder_attentions.0', 'cross_attentions.2']) {
      const { shape, data } = tensors.get(name)!;
      const [, heads, queries, keys] = shape as [number, number, number, number];
      for (const [i, weight] of data.entries()) {
        const row = Math.floor(i / (heads * queries * keys));
        if (inputs.attention_mask[row]![i % keys] === 0) assert.equal(weight, 0, name);
      }
    }
  });

  it('reads the same model from shards', () => {
    const { tensors: weights } = readTensors(`${MODEL}/model.safetensors`);
    const folder = workspace.file('sharded');
    mkdirSync(folder);
    cpSync(`${MODEL}/config.json`, `${folder}/config.json`);
    const shards = ['a.safetensors', 'b.safetensors'].map((file, half) => ({
      file,
      tensors: [...weights]
        .filter((_, i) => i % 2 === half)
        .map(([name, tensor]) => ({ name, ...tensor })),
    }));
    const map = shards.flatMap(({ file, tensors }) => tensors.map(({ name }) => [name, file]));
    for (const { file, tensors } of shards) {
      writeFileSync(`${folder}/${file}`, safetensorsBytes(tensors));
    }
    const index = JSON.stringify({ weight_map: Object.fromEntries(map) });
    writeFileSync(`${folder}/model.safetensors.index.json`, index);
    const { inputs } = expected.cases['left']!;
    const whole = workspace.trace(MODEL, inputs).tensors;
    assert.deepEqual(workspace.trace(folder, inputs).tensors, whole);
  });
});
