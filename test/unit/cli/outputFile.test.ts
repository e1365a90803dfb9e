import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkKept, checkWritable, writeOutput } from '../../../src/cli/outputFile';
import { Failure } from '../../../src/failure/failure';

const refusal =
  (code: string, reason?: string) =>
  (thrown: unknown): boolean =>
    thrown instanceof Failure &&
    thrown.code === code &&
    (reason === undefined || thrown.args['reason'] === reason);

describe('output files', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('never take the place of a device, a pipe or a folder', async () => {
    if (process.platform !== 'win32') {
      await assert.rejects(checkWritable('/dev/null'), refusal('cli.outputKind'));
    }
    await assert.rejects(checkWritable(folder), refusal('cli.output', 'EISDIR'));
    await assert.rejects(checkWritable(''), refusal('cli.output', 'EISDIR'));
  });

  it('need a folder that is one', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await chmod(file, 0o777);
    await assert.rejects(checkWritable(path.join(file, 'x')), refusal('cli.output', 'ENOTDIR'));
    const missing = path.join(folder, 'missing', 'x');
    await assert.rejects(checkWritable(missing), refusal('cli.output', 'ENOENT'));
  });

  it('never take the place of what they are made from', async () => {
    const file = path.join(folder, 'source');
    await writeFile(file, 'precious');
    const same = path.join(folder, 'elsewhere', '..', 'source');
    await assert.rejects(checkKept(same, ['x', file]), refusal('cli.outputInput'));
    await checkKept(path.join(folder, 'other'), ['x', file]);
  });

  it('say why a name is impossible', async () => {
    const long = path.join(folder, 'x'.repeat(250));
    await assert.rejects(writeOutput(long, []), refusal('cli.output', 'ENAMETOOLONG'));
    const below = path.join(folder, 'file', 'x');
    await assert.rejects(writeOutput(below, []), refusal('cli.output', 'ENOTDIR'));
  });

  it('replace an older file', async () => {
    const file = path.join(folder, 'old');
    await writeFile(file, 'older and longer');
    await checkWritable(file);
    await writeOutput(file, [Buffer.from('new'), Buffer.from('er')]);
    assert.equal(await readFile(file, 'utf8'), 'newer');
  });
});
