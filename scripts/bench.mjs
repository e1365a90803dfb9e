// `npm run bench`: how fast the engine is, against others on the same weights in the same run. `--help` says how.
// `npm run bench -- first-colour --before DIR`: how soon the editor is coloured, against an older build.
// `npm run bench -- profile`: where the time of a forward pass goes, kernel by kernel.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { must, run } from './setup/commands.mjs';
import { DEFAULT_RELEASE } from './setup/serverReleases.mjs';

process.chdir(path.join(import.meta.dirname, '..'));

/** @type {Readonly<Record<string, string>>} */
const OTHERS = { 'first-colour': 'firstColour', profile: 'profile' };
const [first = '', ...rest] = process.argv.slice(2);
const other = OTHERS[first];
const args = [...(other === undefined ? process.argv.slice(2) : rest)];
const node = process.execPath;
// The engines run in the Node.js that VS Code brings, where the tests have installed one.
const ofVscode = path.join('.vscode-test', `server-${DEFAULT_RELEASE}`, 'node', 'bin', 'node');
const at = args.indexOf('--node');
const [, given] = at < 0 ? [] : args.splice(at, 2);
const engineNode = given ?? (existsSync(ofVscode) ? ofVscode : node);

if (!args.includes('--built') && !args.includes('--help')) await must(node, ['scripts/build.mjs']);
if (args.includes('--vscode')) await must(node, ['scripts/buildTests.mjs']);

const engines = (await readdir('test/bench/engines')).filter((file) => file.endsWith('.ts'));
const programs = [
  'main.ts',
  'ceiling.ts',
  'products.ts',
  'figures.ts',
  'firstColour.ts',
  'profile.ts',
];
await build({
  entryPoints: [...programs, ...engines.map((file) => `engines/${file}`)].map(
    (file) => `test/bench/${file}`,
  ),
  outdir: 'out/bench',
  outbase: 'test/bench',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
const program = `out/bench/${other ?? 'main'}.cjs`;
process.exitCode = await run(engineNode, ['--enable-source-maps', program, ...args]);
