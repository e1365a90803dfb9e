// Builds everything the product consists of into dist/. `--watch` keeps building; `--metafile` writes dist/meta/*.json.
import { build, context } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildKernels } from './buildKernels.mjs';
import { writeThreadedWasm } from './threadedWasm.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const watch = process.argv.includes('--watch');

/**
 * tfjs brings node-fetch for Node.js without fetch: a third of the engine's bytes, for requests that
 * Headlight never makes. What would load it gets an error instead.
 * @type {import('esbuild').Plugin}
 */
const withoutNodeFetch = {
  name: 'without-node-fetch',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node-fetch$/ }, ({ path: name }) => ({ path: name, namespace: 'none' }));
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({
      contents: "throw new Error('The engine makes no requests.');",
    }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'linked',
  minify: !watch,
  keepNames: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  absWorkingDir: root,
  mainFields: ['module', 'main'],
  plugins: [withoutNodeFetch],
};

const HOST = 'dist/extension.js';

/**
 * One bundle a border: what runs where.
 * @type {readonly (import('esbuild').BuildOptions & { outfile: string })[]}
 */
const bundles = [
  { ...node, entryPoints: ['src/engine/worker.ts'], outfile: 'dist/engine/worker.js' },
  { ...node, entryPoints: ['src/engine/child.ts'], outfile: 'dist/engine/child.js' },
  {
    ...node,
    entryPoints: ['src/kernels/pool/kernelWorker.ts'],
    outfile: 'dist/wasm/kernelWorker.js',
  },
  {
    ...node,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...node,
    entryPoints: ['webview/inspector/inspector.ts'],
    outfile: 'dist/webview/inspector.js',
    platform: 'browser',
    // Views that are not there from the beginning are chunks of their own: the main job does not wait for them.
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    target: 'chrome120',
  },
  {
    ...node,
    entryPoints: ['webview/token/token.ts'],
    outfile: 'dist/webview/token.js',
    platform: 'browser',
    format: 'iife',
    target: 'chrome120',
  },
  // Last: it names the parts of the panel's script.
  {
    ...node,
    entryPoints: ['src/host/extension.ts'],
    outfile: HOST,
    external: ['vscode'],
  },
];

/** tfjs loads its kernels from files beside the bundles. */
async function copyWasm() {
  const from = path.join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out');
  await mkdir(path.join(dist, 'wasm'), { recursive: true });
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'])
    await cp(path.join(from, name), path.join(dist, 'wasm', name));
  await writeThreadedWasm(from, path.join(dist, 'wasm'));
}

/** l10n/<language>/*.json, one file a room → the single bundle VS Code, webview and CLI read. */
async function mergeTranslations() {
  const source = path.join(root, 'l10n');
  await mkdir(path.join(dist, 'l10n'), { recursive: true });
  for (const language of await readdir(source)) {
    const merged = {};
    for (const file of (await readdir(path.join(source, language))).sort())
      Object.assign(merged, JSON.parse(await readFile(path.join(source, language, file), 'utf8')));
    await writeFile(
      path.join(dist, 'l10n', `bundle.l10n.${language}.json`),
      JSON.stringify(merged, null, 1),
    );
  }
}

/**
 * Files that a page's script needs at once, beside it: the page asks for them together with it.
 * @param {import('esbuild').Metafile} metafile
 * @param {string} entry
 */
function partsOf(metafile, entry) {
  /** @type {Set<string>} */
  const parts = new Set();
  const add = (/** @type {string} */ name) => {
    for (const { path: part, kind } of metafile.outputs[name]?.imports ?? []) {
      if (kind !== 'import-statement' || parts.has(part)) continue;
      parts.add(part);
      add(part);
    }
  };
  add(entry);
  return [...parts].map((part) => path.relative('dist/webview', part).replaceAll(path.sep, '/'));
}

await rm(dist, { recursive: true, force: true });
await mkdir(path.join(dist, 'meta'), { recursive: true });
await Promise.all([copyWasm(), mergeTranslations(), buildKernels(path.join(dist, 'wasm'))]);
/** @type {string[]} */
let inspectorParts = [];
for (const { outfile, ...rest } of bundles) {
  // esbuild counts a define among the inputs of a bundle, used or not: only the host has this one.
  if (outfile === HOST) rest.define = { INSPECTOR_PARTS: JSON.stringify(inspectorParts) };
  const options = rest.splitting
    ? { ...rest, outdir: path.dirname(outfile) }
    : { ...rest, outfile };
  if (watch) {
    await (await context(options)).watch();
    continue;
  }
  const result = await build(options);
  const metafile = /** @type {import('esbuild').Metafile} */ (result.metafile);
  if (options.splitting) inspectorParts = partsOf(metafile, outfile);
  const name = path.relative('dist', outfile).replaceAll(/[\\/]/g, '-');
  await writeFile(path.join(dist, 'meta', `${name}.json`), JSON.stringify(metafile));
  const built = await readFile(path.join(root, outfile));
  const kilobytes = [built.length, gzipSync(built).length].map((n) =>
    (n / 1024).toFixed(0).padStart(6),
  );
  console.log(`${outfile.padEnd(28)} ${kilobytes[0]} kB ${kilobytes[1]} kB gzip`);
}
