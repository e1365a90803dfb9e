import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Mocha from 'mocha';

/** A model is loaded and run in a VS Code, on two cores shared with a browser. */
const TIMEOUT_MS = 120_000;

/**
 * Runs the tests beside this file; VS Code calls it inside its extension host. The reporter writes
 * the results file that decides: VS Code itself says “passed” even when the extension host crashes.
 */
export async function run(): Promise<void> {
  const root = path.join(__dirname, '..', '..', '..');
  const mocha = new Mocha({
    timeout: TIMEOUT_MS,
    color: false,
    reporter: path.join(root, 'scripts', 'testing', 'reporter.cjs'),
    ...(process.env['HEADLIGHT_GREP'] && { grep: process.env['HEADLIGHT_GREP'] }),
  });
  const files = await readdir(__dirname);
  for (const file of files.filter((name) => name.endsWith('.test.cjs')).sort())
    mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
