import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { FASTEST } from '../../../src/protocol/engineOptions';

const child = path.resolve('dist', 'engine', 'child.js');
const options = {
  wasmDirectory: path.resolve('dist', 'wasm'),
  backend: 'auto',
  ...FASTEST,
  memoryBudgetBytes: 2 ** 27,
};

/** A host that starts the engine as ours does and says when it is up. */
const host = `
  const { fork } = require('node:child_process');
  const engine = fork(${JSON.stringify(child)}, [${JSON.stringify(JSON.stringify(options))}], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  engine.on('message', ({ type }) => console.log(type));
`;

describe('the engine in a process of its own', () => {
  it('leaves when its host is killed', async () => {
    const process = spawn(globalThis.process.execPath, ['-e', host], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const up = await new Promise<string>((resolve) =>
      process.stdout.setEncoding('utf8').once('data', resolve),
    );
    assert.equal(up, 'up\n');
    // The engine holds the other end of this pipe: it ends when the last of them is gone.
    const gone = new Promise((resolve) => process.stdout.once('end', resolve));
    process.kill('SIGKILL');
    await gone;
  });
});
