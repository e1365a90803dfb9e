import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Checkpoint } from '../../../src/checkpoint/checkpoint';
import { safetensorsBytes } from '../../../src/checkpoint/writeSafetensors';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { assertFails } from './assertFails';

/** A Hugging Face cache: the files of a revision are links into the blobs of their own repository. */
describe('a snapshot of a Hugging Face cache', function () {
  if (process.platform === 'win32') return; // the cache holds copies there, not links
  let root: string;
  let repository: string;
  let snapshot: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'headlight-hub-'));
    repository = path.join(root, 'models--org--name');
    snapshot = path.join(repository, 'snapshots', '0123abcd');
    mkdirSync(snapshot, { recursive: true });
    mkdirSync(path.join(repository, 'blobs'));
    writeFileSync(path.join(root, 'secret'), 'secret');
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const blob = (hash: string, content: string | Uint8Array): void =>
    writeFileSync(path.join(repository, 'blobs', hash), content);
  const link = (name: string, target: string): void =>
    symlinkSync(target, path.join(snapshot, name));
  const text = (name: string, folder = snapshot): Promise<string | null> =>
    new NodeModelFolder(folder).text(name);

  it('is read through its links, shards and index alike', async () => {
    const data = Float32Array.of(1, 2);
    blob('aa', safetensorsBytes([{ name: 'a', shape: [2], data }]));
    blob('bb', JSON.stringify({ weight_map: { a: 'model-1.safetensors' } }));
    blob('cc', '{"model_type":"bert"}');
    link('model-1.safetensors', '../../blobs/aa');
    link('model.safetensors.index.json', '../../blobs/bb');
    link('config.json', path.join(repository, 'blobs', 'cc')); // caches on two drives link absolutely
    assert.equal(await text('config.json'), '{"model_type":"bert"}');
    const checkpoint = await Checkpoint.open(new NodeModelFolder(snapshot));
    assert.deepEqual([...(await checkpoint.read('a', [2]))], [1, 2]);
    await checkpoint.close();
  });

  it('is read through a link to the snapshot, and to the whole cache', async () => {
    blob('aa', '{}');
    link('config.json', '../../blobs/aa');
    symlinkSync(snapshot, path.join(root, 'alias'));
    assert.equal(await text('config.json', path.join(root, 'alias')), '{}');
    symlinkSync(root, `${root}-alias`);
    try {
      const through = path.join(`${root}-alias`, path.relative(root, snapshot));
      assert.equal(await text('config.json', through), '{}');
    } finally {
      rmSync(`${root}-alias`);
    }
  });

  it('refuses links out of the repository', async () => {
    link('a', '../../../secret');
    link('b', path.join(root, 'secret'));
    link('c', '../../blobs/../../secret');
    for (const name of ['a', 'b', 'c']) await assertFails(text(name), 'checkpoint.link');
  });

  it('refuses links to anything else of the repository', async () => {
    mkdirSync(path.join(repository, 'refs'));
    writeFileSync(path.join(repository, 'refs', 'main'), '0123abcd');
    mkdirSync(path.join(repository, 'blobs', 'deeper'));
    writeFileSync(path.join(repository, 'blobs', 'deeper', 'x'), '');
    mkdirSync(path.join(repository, 'snapshots', 'other'));
    writeFileSync(path.join(repository, 'snapshots', 'other', 'x'), '');
    mkdirSync(path.join(repository, 'blobs-2'));
    writeFileSync(path.join(repository, 'blobs-2', 'x'), '');
    const targets = ['refs/main', 'blobs/deeper/x', 'snapshots/other/x', 'blobs-2/x', 'blobs'];
    for (const [i, target] of targets.entries()) {
      link(`x${i}`, `../../${target}`);
      await assertFails(text(`x${i}`), 'checkpoint.link', { file: `x${i}` });
    }
  });

  it('refuses links into the blobs of another repository', async () => {
    mkdirSync(path.join(root, 'models--org--other', 'blobs'), { recursive: true });
    writeFileSync(path.join(root, 'models--org--other', 'blobs', 'aa'), '');
    link('x', '../../../models--org--other/blobs/aa');
    await assertFails(text('x'), 'checkpoint.link');
  });

  it('refuses blobs that are links out, one by one or the folder of them', async () => {
    symlinkSync('../../secret', path.join(repository, 'blobs', 'aa'));
    link('x', '../../blobs/aa');
    await assertFails(text('x'), 'checkpoint.link');
    rmSync(path.join(repository, 'blobs'), { recursive: true });
    symlinkSync('..', path.join(repository, 'blobs'));
    link('y', '../../blobs/secret');
    await assertFails(text('y'), 'checkpoint.link');
  });

  it('tells of a blob that was never downloaded', async () => {
    link('model.safetensors', '../../blobs/aa');
    await assertFails(Checkpoint.open(new NodeModelFolder(snapshot)), 'checkpoint.linkBroken', {
      file: 'model.safetensors',
    });
  });

  for (const layout of [
    ['org--name', 'snapshots', 'r'],
    ['datasets--org--name', 'snapshots', 'r'],
    ['models--org--name', 'snapshot', 'r'],
    ['models--org--name', 'snapshots', 'r', 'sub'],
  ]) {
    it(`takes ${layout.join('/')} for no snapshot`, async () => {
      const folder = path.join(root, 'cache', ...layout);
      const blobs = path.join(folder, '..', '..', 'blobs');
      mkdirSync(folder, { recursive: true });
      mkdirSync(blobs, { recursive: true });
      writeFileSync(path.join(blobs, 'aa'), '');
      symlinkSync('../../blobs/aa', path.join(folder, 'x'));
      await assertFails(text('x', folder), 'checkpoint.link');
    });
  }
});
