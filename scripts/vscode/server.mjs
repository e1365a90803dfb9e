// Starts a real VS Code as a server on the loopback address, with a data folder of its own.
import { spawn } from 'node:child_process';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { outputOf } from '../setup/commands.mjs';
import { quietSettings } from './settings.mjs';

/** How long a server may take until it listens; it needs a second, more on a busy machine. */
const START_MS = 60_000;
/** How long it may take to end by itself before it is killed. */
const STOP_MS = 3000;

/**
 * @typedef {object} ServerOptions
 * @property {import('../setup/vscodeServer.mjs').InstalledServer} installed
 * @property {Record<string, string>} [env] for the server and its extension host
 * @property {Record<string, unknown>} [settings] user settings beside the quiet ones
 * @property {readonly string[]} [vsix] packages to install as a user does
 * @property {readonly string[]} [extensions] folders of unpacked extensions to install by a link
 * @property {boolean} [testDriver] needed to load `extensionDevelopmentPath` and test suites by
 *   address; hides notification toasts
 * @property {boolean} [workspaceTrust] ask before a folder is trusted, as VS Code does by default
 * @property {string} [preload] module to load first in the server, its extension host, their threads
 * @property {string} [languagePack] folder of a language pack to install and speak
 * @property {number} [port]
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {string} origin
 * @property {string} folder its data
 * @property {() => string} log everything it printed
 * @property {Promise<unknown>} ended when it is gone, for whatever reason
 * @property {() => Promise<void>} stop
 */

/** A port that is free now. `--port 0` would do, if old servers did not print 0. */
const freePort = () =>
  new Promise((/** @type {(port: number) => void} */ resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * The environment of the server: ours without what would change how its processes start.
 * @param {Record<string, string>} extra
 */
function serverEnvironment(extra) {
  const env = { ...process.env };
  for (const name of ['NODE_OPTIONS', 'VSCODE_IPC_HOOK_CLI', 'ELECTRON_RUN_AS_NODE'])
    delete env[name];
  // Without an address the extension gallery stays silent.
  return { ...env, EXTENSIONS_GALLERY: '{}', ...extra };
}

/**
 * Registers a language pack as VS Code does when one is installed from its gallery.
 * @param {string} folder
 * @param {string} languagePack
 */
async function installLanguagePack(folder, languagePack) {
  const manifest = JSON.parse(await readFile(path.join(languagePack, 'package.json'), 'utf8'));
  const [{ languageId, localizedLanguageName, translations }] = manifest.contributes.localizations;
  const id = `${manifest.publisher}.${manifest.name}`;
  const packs = {
    [languageId]: {
      hash: 'headlight',
      extensions: [{ extensionIdentifier: { id }, version: manifest.version }],
      translations: { vscode: path.join(languagePack, translations[0].path) },
      label: localizedLanguageName,
    },
  };
  await writeFile(path.join(folder, 'data', 'languagepacks.json'), JSON.stringify(packs));
}

/**
 * @param {string} folder
 * @param {ServerOptions} options
 */
async function prepare(folder, { installed, settings, vsix = [], extensions = [], languagePack }) {
  await mkdir(path.join(folder, 'data', 'User'), { recursive: true });
  await mkdir(path.join(folder, 'extensions'), { recursive: true });
  await writeFile(
    path.join(folder, 'data', 'User', 'settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, null, 2),
  );
  for (const [index, extension] of extensions.entries())
    await symlink(path.resolve(extension), path.join(folder, 'extensions', `linked-${index}`));
  if (languagePack !== undefined) await installLanguagePack(folder, path.resolve(languagePack));
  const fixed = ['--server-data-dir', folder, '--accept-server-license-terms'];
  for (const file of vsix) {
    const args = [installed.main, ...fixed, '--install-extension', path.resolve(file)];
    outputOf(installed.node, args, { env: serverEnvironment({}) });
  }
}

/**
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer(options) {
  const { installed, env = {}, testDriver = false, workspaceTrust = false } = options;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-vscode-'));
  await prepare(folder, options);
  const port = options.port ?? (await freePort());
  // VS Code strips NODE_OPTIONS from the extension host, but hands its own Node.js options on.
  const preload = options.preload === undefined ? [] : ['--require', path.resolve(options.preload)];
  const args = [
    ...preload,
    installed.main,
    ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
    ...['--server-data-dir', folder, '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--disable-experiments', '--disable-getting-started-override'],
    ...['--disable-websocket-compression'],
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.languagePack === undefined ? [] : ['--locale', 'zh-cn']),
  ];
  const child = spawn(installed.node, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: serverEnvironment(env),
    detached: true,
  });
  const logFile = path.join(folder, 'server.log');
  const log = createWriteStream(logFile);
  let printed = '';
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const listening = new Promise((resolve, reject) => {
    /** @param {Buffer} chunk */
    const listen = (chunk) => {
      log.write(chunk);
      printed += chunk.toString('utf8');
      if (printed.includes('Extension host agent listening on')) resolve(undefined);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const fail = () => reject(new Error(`The VS Code server did not start:\n${printed}`));
    child.once('exit', fail);
    setTimeout(fail, START_MS).unref();
  });
  const alive = () => child.exitCode === null && child.signalCode === null;
  /** @param {NodeJS.Signals} name */
  const signal = (name) => {
    if (child.pid !== undefined && alive()) process.kill(-child.pid, name);
  };
  const keep = process.env['HEADLIGHT_KEEP'] !== undefined;
  const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 };
  // It runs in a process group of its own: Ctrl-C does not reach it.
  const abandon = () => {
    signal('SIGKILL');
    if (!keep) rmSync(folder, removal);
  };
  process.once('exit', abandon);
  const stop = async () => {
    signal('SIGTERM');
    const impatient = setTimeout(() => signal('SIGKILL'), STOP_MS);
    if (alive()) await gone;
    clearTimeout(impatient);
    log.end();
    process.off('exit', abandon);
    if (!keep) await rm(folder, removal);
  };
  try {
    await listening;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    folder,
    log: () => printed,
    ended: gone,
    stop,
  };
}
