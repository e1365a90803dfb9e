import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
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

  it('refuses texts above the limit, before a byte is read', async () => {
    writeFileSync(path.join(folder, 'long.json'), '');
    truncateSync(path.join(folder, 'long.json'), 2 ** 40);
    const model = new NodeModelFolder(folder);
    await assert.rejects(model.text('long.json'), failsWith('checkpoint.textTooLong'));
    await assert.rejects(model.text('text.json', 11), failsWith('checkpoint.textTooLong'));
    assert.equal(await model.text('text.json', 12), '{"é":"词"}');
  });

  it('notices a file that is cut short while it is open', async () => {
    const reader = (await new NodeModelFolder(folder).open('data'))!;
    truncateSync(path.join(folder, 'data'), 2);
    assert.deepEqual([...(await reader.read(0, 2))], [1, 2]);
    await assert.rejects(reader.read(0, 5), failsWith('checkpoint.truncated'));
    await reader.close();
    await assert.rejects(reader.read(0, 2), failsWith('checkpoint.unreadable'));
  });
});
