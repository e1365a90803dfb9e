import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Figure } from './record';

/** The integration tests that tell figures. */
const TESTS = 'costs next to nothing|has a layer painted|all threads at work';
/** `figure: what it is: 12.3 unit` */
const FIGURE = /figure: (.+): ([\d.]+) (\S+)$/;

/** Starts a real VS Code whose tests measure as they test. Their bundles are in out/test. */
export function vscodeFigures(): Figure[] {
  const results = path.resolve('out', 'bench', 'integration.json');
  const program = `
    import { runIntegration } from './scripts/testing/integration.mjs';
    process.exit(await runIntegration(${JSON.stringify(results)}));`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, HEADLIGHT_GREP: TESTS },
  });
  const how = 'in a real VS Code';
  const found = stdout.split('\n').flatMap((line): Figure[] => {
    const [, what, value, unit] = FIGURE.exec(line) ?? [];
    return what === undefined ? [] : [{ what, value: Number(value), unit: unit ?? '', how }];
  });
  if (status === 0) return found;
  return [...found, { what: 'tests in VS Code', value: null, unit: '', how: 'did not all pass' }];
}
