#!/usr/bin/env node
// Looks like the desktop “code” executable to @vscode/test-electron (same arguments, same exit
// code) and runs the suite in a served VS Code. So one test runner serves both.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './setup/browser.mjs';
import { installVscodeServer } from './setup/vscodeServer.mjs';
import { runExtensionTests } from './vscode/extensionTests.mjs';

/** The longest a suite may take. */
const TIMEOUT_MS = 600_000;

process.chdir(path.join(import.meta.dirname, '..'));

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
  },
});
/** @param {unknown} place a path or a file address */
const toPath = (place) => {
  const text = String(place);
  return text.startsWith('file:') ? fileURLToPath(text) : text;
};
const [folder] = positionals;
const results = process.env['HEADLIGHT_TEST_RESULTS'];
if (values.extensionTestsPath === undefined || folder === undefined || results === undefined)
  throw new Error('A folder, --extensionTestsPath and HEADLIGHT_TEST_RESULTS are needed.');

process.exitCode = await runExtensionTests({
  installed: await installVscodeServer(),
  browser: await ensureBrowser(),
  extensions: [values.extensionDevelopmentPath ?? []].flat().map(toPath),
  tests: toPath(values.extensionTestsPath),
  folder: toPath(folder),
  results,
  timeoutMs: TIMEOUT_MS,
});
