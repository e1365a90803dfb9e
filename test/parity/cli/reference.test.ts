// The same numbers through the product: one process a run. In this process all models and cases are compared.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readExpected, type Reference } from '../../support/reference';
import { maxAbsOfRows } from '../transformer/compareCase';
import { beamsOf } from '../transformer/write';
import { largestDifference, readTensors, Workspace, type TensorFile } from './runCli';

/** Where every tensor of these cases stays. */
const TOLERANCE = 2e-5;
const SCORE = 1e-5;

/** What is run of a folder; `more` is captured beside what every model has. */
interface Run {
  readonly folder: string;
  readonly cases: readonly string[];
  readonly generation?: readonly string[];
  readonly more?: readonly string[];
}

const TABLE = ['positional_encoding'];
/** Both stacks; one of each head; prompts padded on the left; shards and other number formats. */
const RUNS: readonly Run[] = [
  { folder: 'reference/aiayn', cases: ['nopad', 'pad'], generation: ['greedy'], more: TABLE },
  { folder: 'reference/marian', cases: ['pad'], generation: ['greedy', 'beam3'], more: TABLE },
  { folder: 'reference/bert', cases: ['pad'], more: TABLE },
  { folder: 'reference/bert-seqcls', cases: ['nopad'] },
  { folder: 'reference/electra', cases: ['pad'] },
  { folder: 'reference/gpt2', cases: ['leftpad'], generation: ['beam3'], more: TABLE },
  { folder: 'variants/gpt2-lm-f16-sharded', cases: ['holes'], generation: ['beam3_batch'] },
  { folder: 'reference/llama', cases: ['leftpad'], generation: ['greedy'] },
  { folder: 'variants/bert-model-pooler', cases: ['pad'], more: ['pooler_output'] },
  { folder: 'variants/bert-qa', cases: ['positions'] },
  { folder: 'variants/roberta-tokcls', cases: ['middlepad'] },
  {
    folder: 'variants/gemma-untied-bf16-sharded',
    cases: ['leftpad'],
    generation: ['greedy_batch', 'beam3_batch'],
  },
  { folder: 'variants/bloom-3heads-untied', cases: ['holes'], generation: ['beam3_batch'] },
  { folder: 'variants/opt-postnorm-proj', cases: ['pad'], generation: ['greedy_batch'] },
  { folder: 'variants/t5-gated-silu-sharded-f16', cases: ['pad'], generation: ['beam3_batch'] },
];

for (const { folder: name, cases, generation = [], more = [] } of RUNS) {
  const folder = path.join('test/fixtures', name);
  describe(`trace --ids: ${name}`, () => {
    const workspace = new Workspace();
    const reference = readTensors(path.join(folder, 'expected.safetensors')).tensors;
    let expected: Reference;
    before(async () => {
      expected = await readExpected(folder);
    });
    after(() => workspace.remove());

    for (const one of cases) {
      it(`case ${one}: every output within ${TOLERANCE}`, () => {
        const { inputs, outputs } = expected.cases[one]!;
        const capture = ['attentions', 'hidden_states', 'logits', ...more].join(',');
        const written = workspace.trace(folder, inputs, ['--capture', capture]);
        const { tensors } = written;
        assert.ok(Object.keys(outputs).length > 0);
        const mask = expected.compare_rows.startsWith('only') ? inputs.attention_mask : undefined;
        for (const [tensor, { shape, tensor: key = `${one}/${tensor}` }] of Object.entries(
          outputs,
        )) {
          const [stored, computed] = [reference.get(key)!, tensors.get(tensor)];
          assert.ok(computed, `${tensor} was not written`);
          assert.equal(computed.dtype, 'F32');
          assert.deepEqual(computed.shape, shape, tensor);
          const difference = maxAbsOfRows(tensor, computed.data, stored.data, shape, mask);
          assert.ok(difference <= TOLERANCE, `${tensor}: ${difference}`);
        }
        checkMetadata(written, folder);
        if (!more.includes('positional_encoding')) return;
        const table = tensors.get('positional_encoding')!;
        assert.equal(table.shape.length, 2);
        const stored = reference.get('positional_encoding');
        if (stored) assert.ok(largestDifference(table.data, stored.data) <= 1e-6);
      });
    }

    for (const one of generation) {
      it(`generation ${one}`, () => {
        const task = expected.generation[one]!;
        const { input_ids, attention_mask, sequences, sequences_scores } = task;
        const length = sequences[0]!.length;
        const both = name.includes('marian') || name.includes('aiayn') || name.includes('t5');
        const maxNewTokens = task.max_new_tokens ?? length - (both ? 1 : input_ids[0]!.length);
        const beams = beamsOf(one);
        const { tensors } = workspace.trace(folder, { input_ids, attention_mask }, [
          ...['--generate', String(maxNewTokens)],
          ...(beams > 1 ? ['--beams', String(beams)] : []),
        ]);
        assert.equal(tensors.get('sequences')!.dtype, 'I32');
        assert.deepEqual([...tensors.get('sequences')!.data], sequences.flat());
        const logits = tensors.get('logits')!.shape;
        assert.deepEqual(logits.slice(0, 2), [sequences.length, length - 1]);
        assert.equal(tensors.has('sequences_scores'), beams > 1);
        if (!sequences_scores) return;
        const scores = tensors.get('sequences_scores')!.data;
        const difference = largestDifference(scores, sequences_scores);
        assert.ok(difference <= SCORE, String(difference));
      });
    }
  });
}

function checkMetadata({ metadata }: TensorFile, folder: string): void {
  const { model_type: type, version, backend } = metadata;
  const config = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'));
  assert.equal(type, config.model_type);
  assert.equal(version, JSON.parse(readFileSync('package.json', 'utf8')).version);
  assert.match(backend!, /^wasm-own-/);
}
