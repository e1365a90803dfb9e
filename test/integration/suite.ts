// What VS Code calls in its extension host: runs every integration test there.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** A test may wait this long for a state: real models run, and two cores are shared. */
const TIMEOUT_MS = 120_000;

/** `HEADLIGHT_GREP` runs only the tests whose titles match. */
export async function run(): Promise<void> {
  const root = path.join(__dirname, '..', '..', '..');
  const grep = process.env['HEADLIGHT_GREP'];
  const mocha = new Mocha({
    timeout: TIMEOUT_MS,
    reporter: path.join(root, 'scripts', 'testing', 'reporter.cjs'),
    color: false,
    ...(grep === undefined ? {} : { grep }),
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.test.cjs')).sort())
    mocha.addFile(path.join(__dirname, file));
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}
