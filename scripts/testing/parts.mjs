// The parts of `npm test`, in the order in which they run: the cheap ones first.
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { npm, run } from '../setup/commands.mjs';
import { ensureBrowser } from '../setup/browser.mjs';
import { installDependencies } from '../setup/dependencies.mjs';
import { installVscodeServer } from '../setup/vscodeServer.mjs';
import { runIntegration } from './integration.mjs';
import { checkCounts, countsFrom } from './outcome.mjs';

/** @typedef {import('./outcome.mjs').Counts} Counts */

/**
 * @typedef {object} Part
 * @property {string} name as given to `npm test -- name`
 * @property {string} says
 * @property {boolean} [always] runs whatever was asked for: the others stand on it
 * @property {boolean} [needsBuild]
 * @property {() => Promise<Counts & { note?: string }>} run
 */

/** A mocha test may take this long; kernels and pages share two cores. */
const MOCHA_TIMEOUT_MS = 120_000;

const VSIX = path.join('out', 'headlight.vsix');

/** @param {string} name */
const resultsFile = (name) => path.resolve('out', 'results', `${name}.json`);

/** @param {string} name of an executable of an installed package */
const binary = (name) => path.join('node_modules', '.bin', name);

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
const check = async (name, args) => checkCounts(await run(binary(name), args));

/** @param {string} kind */
function bundlesOf(kind) {
  const folder = path.join('out', 'test', kind);
  if (!existsSync(folder)) throw new Error(`There are no ${kind} tests: test/${kind} is empty.`);
  return folder;
}

/**
 * All bundles of a kind of tests, in one mocha.
 * @param {string} kind
 * @param {NodeJS.ProcessEnv} [env]
 */
const mocha = (kind, env = {}) => mochaOn(kind, [bundlesOf(kind)], env);

/**
 * @param {string} name of the results
 * @param {readonly string[]} bundles files, or folders of them
 * @param {NodeJS.ProcessEnv} env
 */
async function mochaOn(name, bundles, env) {
  const results = resultsFile(name);
  return countsFrom(results, () =>
    run(
      process.execPath,
      [
        ...[
          '--enable-source-maps',
          '--expose-gc',
          path.join('node_modules', 'mocha', 'bin', 'mocha.js'),
        ],
        ...['--reporter', path.resolve('scripts', 'testing', 'reporter.cjs')],
        ...['--timeout', String(MOCHA_TIMEOUT_MS), '--exit', '--recursive', '--extension', 'cjs'],
        ...bundles,
      ],
      { env: { ...process.env, ...env, HEADLIGHT_TEST_RESULTS: results } },
    ),
  );
}

/** Pages that wait for a browser leave half of two processors idle. */
const PAGES_AT_ONCE = 2;
/** What compares durations has the machine to itself. */
const MEASURES = /large/i;

/**
 * The bundles of a kind of tests in several mochas at once, and then, alone, those that measure.
 * @param {string} kind
 * @param {NodeJS.ProcessEnv} env
 */
async function mochaAtOnce(kind, env) {
  const folder = bundlesOf(kind);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.test.cjs')).toSorted();
  const files = (/** @type {readonly string[]} */ some) =>
    some.map((name) => path.join(folder, name));
  const rest = names.filter((name) => !MEASURES.test(name));
  const shares = Array.from({ length: PAGES_AT_ONCE }, (_, share) =>
    rest.filter((__, i) => i % PAGES_AT_ONCE === share),
  );
  const counts = await Promise.all(
    shares.map((share, i) => mochaOn(`${kind}-${i + 1}`, files(share), env)),
  );
  const alone = files(names.filter((name) => MEASURES.test(name)));
  counts.push(await mochaOn(`${kind}-alone`, alone, env));
  return counts.reduce((a, b) => ({
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }));
}

/** @returns {Promise<Counts & { note: string }>} */
async function packAndUse() {
  const packed = checkCounts(await run(npm, ['run', '--silent', 'package:built']));
  if (packed.failed > 0) return { ...packed, note: 'not packed' };
  const { size } = await stat(VSIX);
  const server = await installVscodeServer();
  const counts = await mocha('packaged', {
    CHROMIUM_PATH: await ensureBrowser(),
    HEADLIGHT_VSIX: path.resolve(VSIX),
    HEADLIGHT_SERVER: JSON.stringify(server),
  });
  const note = `.vsix ${(size / 2 ** 20).toFixed(1)} MB, VS Code ${server.version}`;
  return { ...counts, note };
}

/** Size of the dist folder, in bytes, as it was just built. */
async function builtBytes() {
  const files = await readdir('dist', { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(path.join(file.parentPath, file.name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @type {readonly Part[]} */
export const parts = [
  {
    name: 'install',
    says: 'packages are those of package-lock.json',
    always: true,
    run: () => installDependencies().then(() => checkCounts(0)),
  },
  {
    name: 'build',
    says: 'product and tests',
    always: true,
    run: async () => {
      const product = await run(process.execPath, ['scripts/build.mjs']);
      const tests = await run(process.execPath, ['scripts/buildTests.mjs']);
      const note = product === 0 ? `dist ${((await builtBytes()) / 2 ** 20).toFixed(1)} MB` : '';
      return { ...checkCounts(product + tests), note };
    },
  },
  { name: 'types', says: 'TypeScript, every border', run: () => check('tsc', ['-b']) },
  {
    name: 'lint',
    says: 'oxlint, type-aware',
    run: () => check('oxlint', ['--type-aware', '--deny-warnings']),
  },
  { name: 'format', says: 'oxfmt', run: () => check('oxfmt', ['--list-different', '.']) },
  {
    name: 'manifest',
    says: 'package.json and translations',
    needsBuild: true,
    run: () => mocha('manifest'),
  },
  {
    name: 'architecture',
    says: 'imports, bundles, file sizes',
    needsBuild: true,
    run: () => mocha('architecture'),
  },
  { name: 'unit', says: 'single files', needsBuild: true, run: () => mocha('unit') },
  { name: 'parity', says: 'reference tensors', needsBuild: true, run: () => mocha('parity') },
  { name: 'property', says: 'any input', needsBuild: true, run: () => mocha('property') },
  {
    name: 'webview',
    says: 'the page in Chromium',
    needsBuild: true,
    run: async () => mochaAtOnce('webview', { CHROMIUM_PATH: await ensureBrowser() }),
  },
  {
    name: 'integration',
    says: 'the extension host of a real VS Code',
    needsBuild: true,
    run: () => {
      const results = resultsFile('integration');
      return countsFrom(results, () => runIntegration(results));
    },
  },
  {
    name: 'packaged',
    says: 'the .vsix in a real VS Code, folder untrusted, no network',
    needsBuild: true,
    run: packAndUse,
  },
  {
    name: 'workbench',
    says: 'a reader’s story in a real VS Code, by mouse and keyboard',
    needsBuild: true,
    run: async () => {
      const server = await installVscodeServer();
      const env = {
        CHROMIUM_PATH: await ensureBrowser(),
        HEADLIGHT_SERVER: JSON.stringify(server),
      };
      return { ...(await mocha('workbench', env)), note: `VS Code ${server.version}` };
    },
  },
];
