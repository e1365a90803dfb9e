// `npm start`: builds Headlight and shows it on the sample in a real VS Code, the panel lit. Desktop
// VS Code if “code” is on PATH (`HEADLIGHT_START=served` says no), else one served at a printed address.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findBrowser } from './setup/browser.mjs';
import { must, onPath, run } from './setup/commands.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { installVscodeServer } from './setup/vscodeServer.mjs';
import { addressOf } from './vscode/address.mjs';
import { startServer } from './vscode/server.mjs';

const SAMPLE = 'sample';
const EXTENSIONS = ['.', 'scripts/demo'];

process.chdir(path.join(import.meta.dirname, '..'));

/** @param {string} code executable of desktop VS Code */
async function startDesktop(code) {
  const data = await mkdtemp(path.join(os.tmpdir(), 'headlight-vscode-'));
  const own = EXTENSIONS.map((folder) => `--extensionDevelopmentPath=${path.resolve(folder)}`);
  console.log('Opening desktop VS Code. Close its window to end.');
  await run(code, [
    ...['--user-data-dir', data, '--disable-workspace-trust', '--new-window', '--wait'],
    ...own,
    path.resolve(SAMPLE),
  ]);
  await rm(data, { recursive: true, force: true });
}

/** Shows an address where there is a screen. @param {string} address */
function openOnScreen(address) {
  const screen =
    process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  const browser = findBrowser();
  if (!screen || browser === undefined) return;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  spawn(browser, [...sandbox, '--new-window', address], {
    stdio: 'ignore',
    detached: true,
  }).unref();
}

async function startServed() {
  const installed = await installVscodeServer();
  const port = Number(process.env['PORT'] ?? 0);
  const server = await startServer({
    installed,
    extensions: EXTENSIONS,
    ...(port > 0 ? { port } : {}),
  });
  const address = addressOf(server, { folder: SAMPLE });
  console.log(`\nVS Code ${installed.version} with Headlight: ${address}`);
  console.log('Open it in Chromium, Chrome or Edge. Ctrl-C ends.');
  openOnScreen(address);
  await server.ended;
  throw new Error(`VS Code ended by itself:\n${server.log().slice(-2000)}`);
}

// The server goes with this process.
process.once('SIGINT', () => process.exit());
process.once('SIGTERM', () => process.exit());
await installDependencies();
await must(process.execPath, ['scripts/build.mjs']);
const code = process.env['HEADLIGHT_START'] === 'served' ? undefined : onPath('code');
await (code === undefined ? startServed() : startDesktop(code));
