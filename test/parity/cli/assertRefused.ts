import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { runCli, type Workspace } from './runCli';

/**
 * Runs a command that must be refused: exit 2, one line on standard error, nothing on standard output,
 * no file called `never…` and no temporary one left in the workspace.
 */
export function assertRefused(
  workspace: Workspace,
  args: readonly string[],
  message: RegExp,
): void {
  const { code, out, err } = runCli(args);
  assert.equal(code, 2, err);
  assert.match(err, message);
  assert.equal(err.split('\n').length, 2, `one line: ${err}`);
  assert.equal(out, '', 'standard output stays empty');
  assert.ok(
    readdirSync(workspace.folder).every((file) => !/never|tmp/.test(file)),
    'no file left',
  );
}
