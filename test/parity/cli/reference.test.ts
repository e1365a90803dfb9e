import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { largestDifference, readTensors, Workspace } from './runCli';

interface Expected {
  readonly cases: Record<
    string,
    { inputs: object; outputs?: Record<string, { tensor: string; shape: number[] }> }
  >;
  readonly generation?: Record<
    string,
    { input_ids: number[][]; sequences: number[][]; sequences_scores?: number[] }
  >;
}

/** The contract's bound, and what most tensors stay below. */
const TOLERANCE = 1e-4;
const USUAL = 2e-5;

const MODELS = [
  'test/fixtures/reference/aiayn',
  'test/fixtures/reference/marian',
  'media/models/translate-en',
];

for (const folder of MODELS) {
  const expected: Expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'));
  describe(`parity of ${folder}`, () => {
    const workspace = new Workspace();
    const reference = readTensors(path.join(folder, 'expected.safetensors')).tensors;
    const differences = new Map<string, number>();
    after(() => {
      workspace.remove();
      const all = [...differences.values()];
      const [worst] = [...differences].sort(([, a], [, b]) => b - a);
      const usual = all.filter((one) => one <= USUAL).length;
      console.log(
        `      ${all.length} tensors, max abs ${worst?.[1]} (${worst?.[0]}), ${usual} within ${USUAL}`,
      );
    });

    for (const [name, { inputs, outputs }] of Object.entries(expected.cases)) {
      it(`case ${name}: every output within ${TOLERANCE}`, () => {
        const { tensors, metadata } = workspace.trace(folder, inputs, [
          '--capture',
          'attentions,hidden_states,logits,positional_encoding',
        ]);
        const names = [...reference.keys()]
          .filter((tensor) => tensor.startsWith(`${name}/`) && !tensor.includes('/in.'))
          .map((tensor) => tensor.slice(name.length + 1));
        assert.ok(names.length > 0);
        for (const output of Object.keys(outputs ?? {})) {
          assert.ok(names.includes(output) || reference.has(output), `no stored ${output}`);
        }
        for (const tensor of names) {
          const [stored, computed] = [reference.get(`${name}/${tensor}`)!, tensors.get(tensor)];
          assert.ok(computed, `${tensor} was not written`);
          assert.deepEqual(computed.shape, stored.shape, tensor);
          const difference = largestDifference(computed.data, stored.data);
          differences.set(`${name}/${tensor}`, difference);
          assert.ok(difference <= TOLERANCE, `${tensor}: ${difference}`);
        }
        const table = reference.get('positional_encoding');
        if (table) {
          const computed = tensors.get('positional_encoding')!;
          assert.deepEqual(computed.shape, table.shape);
          const difference = largestDifference(computed.data, table.data);
          differences.set('positional_encoding', difference);
          assert.ok(difference <= 1e-6, `positional_encoding: ${difference}`);
        }
        const { model_type: type, version, backend } = metadata;
        assert.equal(
          type,
          JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')).model_type,
        );
        assert.equal(version, JSON.parse(readFileSync('package.json', 'utf8')).version);
        assert.equal(backend, 'wasm-simd');
      });
    }

    for (const [name, one] of Object.entries(expected.generation ?? {})) {
      it(`generation ${name}`, () => {
        const { input_ids, sequences, sequences_scores } = one;
        const maxNewTokens = sequences[0]!.length - 1;
        const beams = /^beam(\d+)$/.exec(name)?.[1];
        const { tensors } = workspace.trace(folder, { input_ids }, [
          ...['--generate', String(maxNewTokens)],
          ...(beams ? ['--beams', beams] : []),
        ]);
        assert.equal(tensors.get('sequences')!.dtype, 'I32');
        assert.deepEqual([...tensors.get('sequences')!.data], sequences.flat());
        assert.deepEqual(tensors.get('logits')!.shape.slice(0, 2), [
          sequences.length,
          maxNewTokens,
        ]);
        assert.equal(tensors.has('sequences_scores'), beams !== undefined);
        if (!sequences_scores) return;
        const difference = largestDifference(
          tensors.get('sequences_scores')!.data,
          sequences_scores,
        );
        differences.set(`${name} scores`, difference);
        assert.ok(difference <= TOLERANCE, String(difference));
      });
    }
  });
}
