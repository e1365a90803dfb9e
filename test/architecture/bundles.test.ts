// What ended up in the bundles: the borders as shipped. Reads the metafiles of the build.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import * as v from 'valibot';

const metafileSchema = v.object({
  inputs: v.record(v.string(), v.object({ bytes: v.number() })),
  outputs: v.record(
    v.string(),
    v.object({
      inputs: v.record(v.string(), v.unknown()),
      imports: v.array(
        v.object({ path: v.string(), kind: v.string(), external: v.optional(v.boolean()) }),
      ),
    }),
  ),
});

function bundle(name: string): { inputs: string[]; external: string[] } {
  const text = readFileSync(`dist/meta/${name}.json`, 'utf8');
  const metafile = v.parse(metafileSchema, JSON.parse(text));
  return {
    inputs: Object.keys(metafile.inputs),
    external: Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external === true).map(({ path }) => path),
    ),
  };
}

const among = (inputs: readonly string[], pattern: RegExp): string[] =>
  inputs.filter((input) => pattern.test(input));

describe('bundles', () => {
  it('the extension holds no tfjs, no model, no checkpoint, no tokenizer', () => {
    const { inputs } = bundle('extension.js');
    assert.ok(inputs.includes('src/host/extension.ts'));
    assert.deepEqual(
      among(
        inputs,
        /@tensorflow|@huggingface|src\/(transformer|checkpoint|tokens|analysis|engine)\//,
      ),
      [],
    );
  });

  it('the extension needs only VS Code and Node.js at run time', () => {
    const other = bundle('extension.js').external.filter(
      (name) => name !== 'vscode' && !isBuiltin(name),
    );
    assert.deepEqual(other, []);
  });

  for (const name of ['engine-worker.js', 'engine-child.js', 'cli.js'])
    it(`${name} holds nothing of VS Code and needs only Node.js`, () => {
      const { inputs, external } = bundle(name);
      assert.ok(among(inputs, /@tensorflow\/tfjs-core/).length > 0);
      assert.deepEqual(among(inputs, /^src\/host\/|^webview\//), []);
      assert.deepEqual(
        external.filter((module) => !isBuiltin(module)),
        [],
      );
    });

  it('a thread that computes kernels holds nothing but them', () => {
    const { inputs, external } = bundle('wasm-kernelWorker.js');
    const other = inputs.filter((input) => !input.startsWith('src/kernels/'));
    assert.deepEqual(other, []);
    assert.deepEqual(
      external.filter((module) => !isBuiltin(module)),
      [],
    );
  });

  it('what WebAssembly needs lies in one folder', () => {
    const files = readdirSync('dist/wasm').filter((name) => !name.endsWith('.map'));
    assert.deepEqual(files.sort(), [
      'headlight-relaxed-shared.wasm',
      'headlight-relaxed.wasm',
      'headlight-simd-shared.wasm',
      'headlight-simd.wasm',
      'kernelWorker.js',
      'tfjs-backend-wasm-simd.wasm',
      'tfjs-backend-wasm-threaded-simd.js',
      'tfjs-backend-wasm-threaded-simd.wasm',
      'tfjs-backend-wasm-threaded-simd.worker.js',
      'tfjs-backend-wasm.wasm',
    ]);
  });

  for (const page of ['webview-inspector.js', 'webview-token.js'])
    it(`${page} holds only pages' files and the rooms that a page may know`, () => {
      const { inputs, external } = bundle(page);
      const rooms = /^(webview|src\/(protocol|navigation|palette|language|failure)|node_modules)\//;
      assert.deepEqual(
        inputs.filter((input) => !rooms.test(input)),
        [],
      );
      assert.deepEqual(among(inputs, /@tensorflow|@huggingface/), []);
      assert.deepEqual(external, []);
    });

  it('the panel begins without the views that are not there from the beginning', () => {
    const text = readFileSync('dist/meta/webview-inspector.js.json', 'utf8');
    const { outputs } = v.parse(metafileSchema, JSON.parse(text));
    const [, entry] = Object.entries(outputs).find(([name]) => name.endsWith('/inspector.js'))!;
    const late = new Set(
      entry.imports.flatMap(({ kind, path }) => (kind === 'dynamic-import' ? [path] : [])),
    );
    assert.equal(late.size, 1, 'those views are one part, loaded when it is needed');
    const early = Object.keys(entry.inputs);
    assert.ok(early.includes('webview/inspector/matrixPanel.ts'));
    assert.deepEqual(
      among(
        early,
        /chart\.js|^webview\/(steps|heads|whatIf|map|tour|learn|compare|prediction)\/\w*Panel/,
      ),
      [],
    );
  });

  it('NOTICE names every package that is shipped, and the data of the model', () => {
    const notice = readFileSync('NOTICE', 'utf8');
    const names = [
      'extension.js',
      'engine-worker.js',
      'engine-child.js',
      'cli.js',
      'webview-inspector.js',
      'webview-token.js',
    ]
      .flatMap((name) => bundle(name).inputs)
      .flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
    const missing = [...new Set(names)].filter((name) => !notice.includes(name));
    assert.deepEqual(missing, []);
    assert.match(notice, /Tatoeba[\s\S]*CC-BY 2\.0 FR/);
  });
});
