// Every way in which WebAssembly can compute, forced by flags, computes the reference; and its process ends.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_RELEASE } from '../../../scripts/setup/serverReleases.mjs';
import { readExpected, type Reference } from '../../support/reference';
import { maxAbsOfRows } from '../transformer/compareCase';
import { readTensors, THIS_NODE, Workspace, type NodeCommand, type TensorFile } from './runCli';

const TOLERANCE = 2e-5;
/** An encoder and a decoder, a decoder alone, and one with rotated positions. */
const MODELS = [
  { folder: 'reference/marian', one: 'pad' },
  { folder: 'reference/gpt2', one: 'leftpad' },
  { folder: 'reference/llama', one: 'leftpad' },
] as const;

const ALL = os.availableParallelism();

/** Relaxed SIMD is Node.js's own from V8 11.4 on; before, a flag switches it on. */
const RELAXED: NodeCommand =
  Number.parseInt(process.versions.node, 10) > 20
    ? THIS_NODE
    : { ...THIS_NODE, flags: ['--experimental-wasm-relaxed-simd'] };

const VARIANTS: readonly (readonly [name: string, flags: readonly string[], node: NodeCommand])[] =
  [
    [`wasm-own-relaxed-${ALL}t`, [], RELAXED],
    ['wasm-own-relaxed-3t', ['--threads', '3'], RELAXED],
    ['wasm-own-relaxed-1t', ['--no-shared-memory'], RELAXED],
    [`wasm-own-simd-${ALL}t`, ['--no-relaxed-simd'], RELAXED],
    ['wasm-own-simd-3t', ['--threads', '3', '--no-relaxed-simd'], THIS_NODE],
    ['wasm-own-simd-1t', ['--threads', '1', '--no-relaxed-simd'], THIS_NODE],
    [`wasm-stock-simd-${ALL}t`, ['--kernels', 'stock'], THIS_NODE],
    ['wasm-stock-simd-3t', ['--kernels', 'stock', '--threads', '3'], THIS_NODE],
    ['wasm-stock-simd-1t', ['--kernels', 'stock', '--no-shared-memory'], RELAXED],
  ];

function assertReference(folder: string, one: string, { tensors }: TensorFile): void {
  const { cases, compare_rows: rows }: Reference = EXPECTED.get(folder)!;
  const stored = readTensors(path.join('test/fixtures', folder, 'expected.safetensors')).tensors;
  const { inputs, outputs } = cases[one]!;
  const mask = rows.startsWith('only') ? inputs.attention_mask : undefined;
  for (const [tensor, { shape, tensor: key = `${one}/${tensor}` }] of Object.entries(outputs)) {
    const [expected, computed] = [stored.get(key)!, tensors.get(tensor)];
    assert.ok(computed, `${tensor} was not written`);
    const difference = maxAbsOfRows(tensor, computed.data, expected.data, shape, mask);
    assert.ok(difference <= TOLERANCE, `${tensor}: ${difference}`);
  }
}

const EXPECTED = new Map<string, Reference>();

describe('ways to compute', () => {
  const workspace = new Workspace();
  before(async () => {
    for (const { folder } of MODELS)
      EXPECTED.set(folder, await readExpected(path.join('test/fixtures', folder)));
  });
  after(() => workspace.remove());

  const checked = (flags: readonly string[], node: NodeCommand): TensorFile[] =>
    MODELS.map(({ folder, one }) => {
      const { inputs } = EXPECTED.get(folder)!.cases[one]!;
      const capture = ['--capture', 'attentions,hidden_states,logits'];
      const model = path.join('test/fixtures', folder);
      const written = workspace.trace(model, inputs, [...capture, ...flags], node);
      assertReference(folder, one, written);
      return written;
    });
  const nameOf = (files: readonly TensorFile[]): string | undefined =>
    files[0]!.metadata['backend'];

  for (const [name, flags, node] of VARIANTS)
    it(`${name} (${['node', ...node.flags, ...flags].join(' ')})`, () => {
      assert.equal(nameOf(checked(flags, node)), name);
    });

  it('the same with any number of threads, bit by bit', () => {
    const [one, two, three] = ['1', '2', '3'].map((threads) =>
      checked(['--threads', threads], THIS_NODE).map(({ tensors }) => tensors),
    );
    assert.deepEqual(two, one);
    assert.deepEqual(three, one);
  });

  it('on the Node.js of VS Code', function onVscodesNode() {
    const server = path.resolve('.vscode-test', `server-${DEFAULT_RELEASE}`);
    const node = path.join(server, 'node', 'bin', 'node');
    if (!existsSync(node)) {
      console.log('      no VS Code server has been installed: its Node.js is not tried');
      return this.skip();
    }
    const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    const name = nameOf(checked([], { ...THIS_NODE, node }));
    assert.equal(name, `wasm-own-relaxed-${ALL}t`, stdout);
  });
});
