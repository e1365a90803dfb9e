import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';

const failsWith = (code: FailureCode) => (error: unknown) =>
  error instanceof Failure && error.code === code;

describe('a model folder on disk', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'headlight-folder-'));
    folder = path.join(root, 'model');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'data'), Uint8Array.of(1, 2, 3, 4, 5));
    writeFileSync(path.join(folder, 'text.json'), '{"é":"词"}');
    writeFileSync(path.join(root, 'secret'), 'secret');
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('reads ranges and text', async () => {
    const model = new NodeModelFolder(folder);
    const reader = (await model.open('data'))!;
    assert.equal(reader.size, 5);
    assert.deepEqual([...(await reader.read(1, 4))], [2, 3, 4]);
    await assert.rejects(reader.read(3, 9), failsWith('checkpoint.truncated'));
    await reader.close();
    assert.equal(await model.text('text.json'), '{"é":"词"}');
    assert.deepEqual([...(await model.list())].sort(), ['data', 'text.json']);
  });

  it('tells missing files from a missing folder', async () => {
    assert.equal(await new NodeModelFolder(folder).open('absent'), null);
    assert.equal(await new NodeModelFolder(folder).text('absent'), null);
    const absent = new NodeModelFolder(path.join(root, 'absent'));
    await assert.rejects(absent.open('data'), failsWith('checkpoint.folder'));
    await assert.rejects(absent.list(), failsWith('checkpoint.folder'));
    const file = new NodeModelFolder(path.join(root, 'secret'));
    await assert.rejects(file.text('config.json'), failsWith('checkpoint.folder'));
  });

  for (const name of ['../secret', 'sub/file', 'sub\\file', '..', '.', '', 'C:x', 'a\0']) {
    it(`refuses the name ${JSON.stringify(name)}`, async () => {
      const opened = new NodeModelFolder(folder).open(name);
      await assert.rejects(opened, failsWith('checkpoint.pathOutside'));
    });
  }

  it('follows links inside the folder and refuses those that lead out', async () => {
    symlinkSync('data', path.join(folder, 'inside'));
    symlinkSync('../secret', path.join(folder, 'outside'));
    symlinkSync(path.join(root, 'secret'), path.join(folder, 'absolute'));
    const model = new NodeModelFolder(folder);
    const reader = await model.open('inside');
    assert.equal(reader?.size, 5);
    await reader?.close();
    await assert.rejects(model.open('outside'), failsWith('checkpoint.link'));
    await assert.rejects(model.text('absolute'), failsWith('checkpoint.link'));
  });

  it('follows the links of a Hugging Face cache into its blobs, and nowhere else', async () => {
    const snapshot = path.join(root, 'models--a--b', 'snapshots', 'abc');
    mkdirSync(snapshot, { recursive: true });
    mkdirSync(path.join(root, 'models--a--b', 'blobs'));
    writeFileSync(path.join(root, 'models--a--b', 'blobs', '123'), '{}');
    symlinkSync('../../blobs/123', path.join(snapshot, 'config.json'));
    symlinkSync('../../../secret', path.join(snapshot, 'tokenizer.json'));
    const model = new NodeModelFolder(snapshot);
    assert.equal(await model.text('config.json'), '{}');
    await assert.rejects(model.text('tokenizer.json'), failsWith('checkpoint.link'));
  });

  it('takes a folder that is itself reached through a link', async () => {
    symlinkSync(folder, path.join(root, 'alias'));
    assert.equal(
      await new NodeModelFolder(path.join(root, 'alias')).text('text.json'),
      '{"é":"词"}',
    );
  });

  it('does not open folders and pipes', async () => {
    mkdirSync(path.join(folder, 'config.json'));
    assert.equal(await new NodeModelFolder(folder).text('config.json'), null);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
    assert.equal(await new NodeModelFolder(folder).open('pipe'), null);
  });

  it('refuses bytes that are no UTF-8', async () => {
    writeFileSync(path.join(folder, 'bad.json'), Uint8Array.of(0x7b, 0xff, 0x7d));
    await assert.rejects(
      new NodeModelFolder(folder).text('bad.json'),
      failsWith('checkpoint.text'),
    );
  });
});
