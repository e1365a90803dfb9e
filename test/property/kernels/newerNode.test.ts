import { spawnSync } from 'node:child_process';
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The first with relaxed SIMD without a flag. */
const RELAXED_SINCE = 22;
const SERVERS = '.vscode-test';
const ONLY = /^(product|int8|attention)\.test\.cjs$/;

/** Node.js of a VS Code server here, if it has relaxed SIMD. */
function newerNode(): string | undefined {
  if (!existsSync(SERVERS)) return undefined;
  return readdirSync(SERVERS)
    .map((server) => path.join(SERVERS, server, 'node', 'bin', 'node'))
    .filter((node) => existsSync(node))
    .find(
      (node) =>
        majorOf(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout) >= RELAXED_SINCE,
    );
}

const majorOf = (version: string): number => Number.parseInt(version.replace('v', ''), 10);

describe('kernels on the Node.js of VS Code', () => {
  it('keep their promises with relaxed SIMD as it is there', function () {
    const node = newerNode();
    // Nothing new where this is such a Node.js, nothing to try where no server is.
    if (majorOf(process.version) >= RELAXED_SINCE || node === undefined) this.skip();
    const bundles = readdirSync(__dirname).filter((file) => ONLY.test(file));
    assert.ok(bundles.length > 0);
    const { status, stdout, stderr } = spawnSync(
      node,
      [
        ...[path.join('node_modules', 'mocha', 'bin', 'mocha.js'), '--grep', 'relaxed'],
        ...['--timeout', '60000', ...bundles.map((file) => path.join(__dirname, file))],
      ],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, `${stdout}\n${stderr}`);
  });
});
