// Bundles the tests: test/<kind>/…/x.test.ts → out/test/<kind>/…/x.test.cjs, and the suite that the
// extension host loads. Product code is bundled; packages stay outside, from node_modules.
import { build } from 'esbuild';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

process.chdir(path.join(import.meta.dirname, '..'));

await rm('out/test', { recursive: true, force: true });
const files = await readdir('test', { recursive: true });
const entryPoints = files
  .filter((file) => file.endsWith('.test.ts') || path.basename(file) === 'suite.ts')
  .map((file) => path.join('test', file))
  .sort();
const result = await build({
  entryPoints,
  outdir: 'out/test',
  outbase: 'test',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
});
console.log(
  `${entryPoints.length} test files, ${Object.keys(result.metafile.inputs).length} sources`,
);
