// A thread of the kernels that ends in the middle of its work: the run goes on, right, and says so.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIST, readTensors, runCli, THIS_NODE, Workspace, type TensorFile } from './runCli';

const MODEL = path.resolve('media/models/translate-en');
const TEXT = "The animal didn't cross the street because it was too tired.";

/** The chunk in which the thread ends: some layers later than its start. */
const LAST_CHUNK = 20;

/** Put before the thread's script: at one of its chunks the thread is gone, without a word. */
const END = `
  const { Instance } = WebAssembly;
  let chunks = 0;
  WebAssembly.Instance = function (module, imports) {
    const kernels = Object.entries(new Instance(module, imports).exports).map(([name, kernel]) => [
      name,
      (...all) => {
        if (++chunks === ${LAST_CHUNK}) process.exit(3);
        kernel(...all);
      },
    ]);
    return { exports: Object.fromEntries(kernels) };
  };
`;

describe('a thread of the kernels that is lost in a run', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  it('changes no number, and is told', () => {
    const dist = workspace.file('dist');
    cpSync(DIST, dist, { recursive: true });
    cpSync(path.join(DIST, '..', 'package.json'), workspace.file('package.json'));
    const script = path.join(dist, 'wasm', 'kernelWorker.js');
    writeFileSync(script, END + readFileSync(script, 'utf8'));
    const traced = (
      name: string,
      dist: string,
    ): { readonly err: string; readonly written: TensorFile } => {
      const out = workspace.file(name);
      const args = ['--model', MODEL, '--text', TEXT, '--lang', 'fra', '--threads', '2'];
      const node = { ...THIS_NODE, dist };
      const { code, err } = runCli(['trace', ...args, '--out', out], {}, 'pipe', node);
      assert.equal(code, 0, err);
      return { err, written: readTensors(out) };
    };
    const sound = traced('sound.safetensors', DIST);
    const broken = traced('broken.safetensors', dist);
    assert.equal(sound.err, '');
    assert.match(broken.err, /^A thread that computes .*nothing is missing. Threads left: 1\.\n$/);
    assert.deepEqual(broken.written.tensors, sound.written.tensors);
    assert.match(broken.written.metadata['backend']!, /-1t$/, 'one thread was left');
  });
});
