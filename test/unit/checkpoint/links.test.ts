import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { Failure } from '../../../src/failure/failure';
import type { FailureCode } from '../../../src/failure/messages';

const failsWith = (code: FailureCode) => (error: unknown) =>
  error instanceof Failure && error.code === code;

/** What a link may and may not lead to. Windows lets only administrators make links. */
describe('links in a model folder', function () {
  if (process.platform === 'win32') return;
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'headlight-links-'));
    folder = path.join(root, 'model');
    mkdirSync(path.join(folder, 'sub'), { recursive: true });
    writeFileSync(path.join(folder, 'data'), 'data');
    writeFileSync(path.join(folder, 'sub', 'deep'), 'deep');
    mkdirSync(path.join(root, 'outside'));
    writeFileSync(path.join(root, 'outside', 'secret'), 'secret');
    writeFileSync(path.join(root, 'secret'), 'secret');
    mkdirSync(path.join(root, 'model-2'));
    writeFileSync(path.join(root, 'model-2', 'secret'), 'secret');
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const read = (name: string, from = folder): Promise<string | null> =>
    new NodeModelFolder(from).text(name);
  const link = (name: string, target: string): void => symlinkSync(target, path.join(folder, name));

  for (const [what, target, text] of [
    ['beside it', 'data', 'data'],
    ['in a folder below', 'sub/deep', 'deep'],
    ['by a way out and in again', '../model/data', 'data'],
  ] as const) {
    it(`follows a link to a file ${what}`, async () => {
      link('x', target);
      assert.equal(await read('x'), text);
      const reader = await new NodeModelFolder(folder).open('x');
      assert.equal(reader?.size, text.length);
      await reader?.close();
    });
  }

  it('follows a link to a link, an absolute one and a linked folder inside', async () => {
    link('one', path.join(folder, 'data'));
    link('two', 'one');
    link('way', 'sub');
    link('three', 'way/deep');
    assert.deepEqual([await read('two'), await read('three')], ['data', 'deep']);
  });

  for (const [what, target] of [
    ['a file above', '../secret'],
    ['a file in another folder', '../outside/secret'],
    ['a folder whose name only begins like its own', '../model-2/secret'],
    ['the parent folder', '..'],
    ['the folder itself', '.'],
    ['a device that never ends', '/dev/zero'],
    ['a terminal', '/dev/tty'],
    ['what the system tells of this process', '/proc/self/environ'],
    ['a folder of the system', '/'],
  ] as const) {
    it(`refuses a link to ${what}`, async () => {
      link('x', target);
      await assert.rejects(read('x'), failsWith('checkpoint.link'));
      await assert.rejects(new NodeModelFolder(folder).open('x'), failsWith('checkpoint.link'));
    });
  }

  it('refuses an absolute link out, a chain that ends outside and a way through a linked folder', async () => {
    link('absolute', path.join(root, 'secret'));
    link('chain', 'absolute');
    link('way', '../outside');
    link('through', 'way/secret');
    for (const name of ['absolute', 'chain', 'through'])
      await assert.rejects(read(name), failsWith('checkpoint.link'), name);
  });

  it('names a link that leads to nothing or in a circle', async () => {
    link('dangling', '../nothing');
    link('circle', 'circle2');
    link('circle2', 'circle');
    link('through', 'data/x');
    for (const name of ['dangling', 'circle', 'through'])
      await assert.rejects(read(name), failsWith('checkpoint.linkBroken'), name);
  });

  it('does not wait for a pipe, inside or outside', async () => {
    execFileSync('mkfifo', [path.join(folder, 'pipe'), path.join(root, 'pipe')]);
    link('inside', 'pipe');
    link('outside', '../pipe');
    assert.equal(await read('pipe'), null);
    assert.equal(await read('inside'), null);
    await assert.rejects(read('outside'), failsWith('checkpoint.link'));
  });

  it('takes a folder that is itself reached through a link', async () => {
    symlinkSync(folder, path.join(root, 'alias'));
    link('x', 'data');
    assert.equal(await read('x', path.join(root, 'alias')), 'data');
  });

  it('takes hard links, which nothing tells from files', async () => {
    linkSync(path.join(root, 'secret'), path.join(folder, 'hard'));
    assert.equal(await read('hard'), 'secret');
  });

  /** Whatever happens to the folder between the look and the opening. */
  const racing = (change: () => void): NodeModelFolder =>
    new NodeModelFolder(folder, (...args) => {
      change();
      return open(...args);
    });
  const at = (...names: string[]): string => path.join(folder, ...names);

  for (const [what, change, code] of [
    [
      'a file that becomes a link out',
      () => {
        rmSync(at('data'));
        symlinkSync('../secret', at('data'));
      },
      'checkpoint.unreadable',
    ],
    [
      'a file that becomes another',
      () => renameSync(path.join(root, 'secret'), at('data')),
      'checkpoint.changed',
    ],
    [
      'a file that becomes a pipe',
      () => {
        rmSync(at('data'));
        execFileSync('mkfifo', [at('data')]);
      },
      'checkpoint.changed',
    ],
    [
      'a folder that becomes a link out',
      () => {
        renameSync(folder, path.join(root, 'was'));
        symlinkSync('outside', folder);
        writeFileSync(path.join(root, 'outside', 'data'), 'secret');
      },
      'checkpoint.changed',
    ],
  ] as const) {
    it(`refuses ${what} just before it is opened`, async () => {
      await assert.rejects(racing(change).text('data'), failsWith(code));
    });
  }

  for (const [where, target, code] of [
    ['out', '../secret', 'checkpoint.link'],
    ['to another file inside', 'sub/deep', 'checkpoint.changed'],
  ] as const) {
    it(`refuses a link that is turned ${where} while its old target is opened`, async () => {
      link('x', 'data');
      const model = racing(() => {
        rmSync(at('x'));
        link('x', target);
      });
      await assert.rejects(model.text('x'), failsWith(code));
    });
  }
});
