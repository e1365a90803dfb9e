import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, open, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { WireFailure } from '../../src/failure/failure';
import type { TestApi } from '../../src/host/testApi';
import { textOf } from '../fixtures/randomMarian';
import { largeModel } from './largeModel';
import { ANIMAL, FRENCH } from './sentences';
import {
  builtInSubject,
  hasPlan,
  headlight,
  isOver,
  next,
  root,
  startOver,
  subjectFor,
} from './headlight';

const fixture = path.join(root, 'test', 'fixtures', 'reference', 'marian');
const needed = ['config.json', 'generation_config.json', 'tokenizer.json', 'model.safetensors'];

const set = (name: string, value: unknown): Thenable<void> =>
  vscode.workspace
    .getConfiguration('headlight')
    .update(name, value, vscode.ConfigurationTarget.Global);

describe('opening a model', () => {
  let api: TestApi;
  let temporary: string;
  before(async () => (api = await headlight()));
  beforeEach(async () => {
    temporary = await realpath(await mkdtemp(path.join(os.tmpdir(), 'headlight-open-')));
  });
  afterEach(async () => {
    await startOver(api);
    await set('defaultModel', undefined);
    await set('modelFolders', undefined);
    for (const folder of api.recent.all()) await api.recent.forget(folder);
    await rm(temporary, { recursive: true });
  });

  /** As the explorer's menu does. */
  const openAt = (...place: readonly string[]): Thenable<unknown> =>
    vscode.commands.executeCommand('headlight.openModel', vscode.Uri.file(path.join(...place)), [
      vscode.Uri.file(path.join(...place)),
    ]);

  /** What the person is told of it. */
  async function failureOf(...place: readonly string[]): Promise<WireFailure> {
    const failure = next(api.failures);
    await openAt(...place);
    return failure;
  }

  /** A copy of the built-in model. */
  async function copyOfBuiltIn(name: string): Promise<string> {
    const folder = path.join(temporary, name);
    await mkdir(folder, { recursive: true });
    for (const file of needed)
      await cp(path.join(api.builtIn.folder, file), path.join(folder, file));
    return folder;
  }

  /** The rows of the Models view. */
  async function rows(): Promise<{ label: unknown; description: unknown }[]> {
    const nodes = await api.side.models.getChildren();
    return nodes.map((node) => {
      const { label, description } = api.side.models.getTreeItem(node);
      return { label, description };
    });
  }

  it('takes a folder for what is inspected from now on, and shows what it is like', async () => {
    await openAt(fixture);
    assert.equal(api.models.chosen.folder, fixture);
    assert.deepEqual(api.recent.all(), [fixture]);
    const row = (await rows()).find(({ label }) => label === 'marian');
    assert.match(String(row?.description), /^loaded · marian · \d\+\d layers × \d heads/);
    const nodes = await api.side.models.getChildren();
    const node = nodes.find((one) => one.kind === 'model' && one.model.folder === fixture);
    const facts = await api.side.models.getChildren(node);
    assert.ok(facts.some((one) => one.kind === 'fact' && one.fact.value === 'marian'));
  });

  for (const file of ['config.json', 'model.safetensors'])
    it(`takes the folder of ${file}`, async () => {
      await openAt(fixture, file);
      assert.equal(api.models.chosen.folder, fixture);
    });

  it('reads the current text with it', async () => {
    const folder = await copyOfBuiltIn('copy');
    api.inspect(builtInSubject(api, ANIMAL));
    await api.waitFor(isOver);
    await openAt(folder);
    const isCopy = await api.waitFor((now) => now.subject.model.folder === folder && isOver(now));
    assert.equal(isCopy.snapshot.outcome, 'complete');
    assert.equal(isCopy.subject.text, ANIMAL);
  });

  it('refuses what is no model in one sentence, and keeps what was chosen', async () => {
    await openAt(fixture);
    const bare = await mkdtemp(path.join(temporary, 'bare-'));
    assert.deepEqual(await failureOf(bare), {
      code: 'checkpoint.missing',
      args: { file: 'config.json', folder: bare },
    });
    await writeFile(path.join(bare, 'notes.json'), '{}');
    assert.equal((await failureOf(bare, 'notes.json')).code, 'open.file');
    assert.equal((await failureOf(temporary, 'gone')).code, 'checkpoint.folder');
    assert.equal(api.models.chosen.folder, fixture);
    assert.deepEqual(api.recent.all(), [fixture]);
  });

  it('refuses a place on no disk of this machine', async () => {
    const failure = next(api.failures);
    await vscode.commands.executeCommand('headlight.openModel', vscode.Uri.parse('untitled:model'));
    assert.equal((await failure).code, 'open.elsewhere');
  });

  it('refuses a damaged folder, and runs what comes next', async () => {
    const folder = await copyOfBuiltIn('damaged');
    const weights = await open(path.join(folder, 'model.safetensors'), 'r+');
    await weights.truncate(1_000_000);
    await weights.close();
    assert.equal((await failureOf(folder)).code, 'checkpoint.truncated');
    assert.equal(api.models.chosen, api.builtIn);
    api.inspect(builtInSubject(api, ANIMAL));
    assert.equal((await api.waitFor(isOver)).snapshot.output, FRENCH);
  });

  it('refuses a model that does not fit, with numbers, before it reads its weights', async () => {
    const folder = await copyOfBuiltIn('huge');
    await writeHuge(path.join(folder, 'model.safetensors'));
    const { code, args } = await failureOf(folder);
    assert.equal(code, 'memory.model');
    assert.ok(Number(args['needed']) > Number(args['available']));
    assert.ok(Number(args['available']) > 0);
  });

  it('can be given up while it loads: nothing of it stays', async () => {
    const controller = new AbortController();
    const loaded = api.engine.describe(await largeModel(), {
      progress: (fraction) => {
        if (fraction > 0) controller.abort();
      },
      signal: controller.signal,
    });
    await assert.rejects(loaded, { code: 'run.cancelled' });
    // What is asked next is answered when the engine has cleaned up.
    await openAt(fixture);
    const memory = await api.memory();
    assert.equal(memory?.tensors, memory?.weights);
    assert.equal(api.models.chosen.folder, fixture);
  });

  it('gives up one that loads for the one that is opened next', async () => {
    const large = await largeModel();
    const first = openAt(large);
    const second = openAt(fixture);
    await Promise.all([first, second]);
    assert.equal(api.models.chosen.folder, fixture);
    assert.deepEqual(api.recent.all(), [fixture]);
  });

  it('leaves a run that goes on as it is', async () => {
    const large = await largeModel();
    // Long enough to go on while the other model is found: of a short one the end may come first.
    api.inspect(subjectFor(large, textOf(400)));
    const { snapshot } = await api.waitFor(hasPlan);
    await openAt(fixture);
    const { snapshot: after } = await api.waitFor(isOver);
    assert.equal(after.trace, snapshot.trace);
    assert.equal(after.outcome, 'complete');
    assert.equal(api.models.chosen.folder, fixture);
  });

  it('offers what lies in the folders of the setting, and says which are not there', async () => {
    await copyOfBuiltIn('shelf/one');
    await copyOfBuiltIn('shelf/two');
    const shelf = path.join(temporary, 'shelf');
    const gone = path.join(temporary, 'gone');
    const found = next(api.listed.changed, () => api.listed.shelves.length === 2);
    await set('modelFolders', [shelf, gone]);
    await found;
    const shown = await rows();
    assert.deepEqual(
      shown.map(({ label }) => label),
      ['translate-en', 'one', 'two', gone],
    );
    assert.equal(shown[3]?.description, 'no such folder');
    await vscode.commands.executeCommand('headlight.useModel', path.join(shelf, 'two'));
    assert.equal(api.models.chosen.folder, path.join(shelf, 'two'));
  });

  it('understands a Hugging Face cache, whose files are links', async () => {
    const files = await copyOfBuiltIn('files');
    const cached = path.join(temporary, 'hub', 'models--org--translator');
    const snapshot = path.join(cached, 'snapshots', 'feedbeef');
    await mkdir(path.join(cached, 'blobs'), { recursive: true });
    await mkdir(path.join(cached, 'refs'));
    await mkdir(snapshot, { recursive: true });
    await mkdir(path.join(cached, 'snapshots', 'older'));
    await writeFile(path.join(cached, 'refs', 'main'), 'feedbeef');
    for (const [index, file] of needed.entries()) {
      await cp(path.join(files, file), path.join(cached, 'blobs', String(index)));
      await symlink(path.join('..', '..', 'blobs', String(index)), path.join(snapshot, file));
    }
    const found = next(api.listed.changed, () => api.listed.has(snapshot));
    await set('modelFolders', [path.join(temporary, 'hub')]);
    await found;
    const named = api.models.named('org/translator');
    assert.equal(named?.folder, snapshot);
    await openAt(cached);
    assert.equal(api.models.chosen.folder, snapshot);
  });

  it('shows a recent model that is gone as gone, until it is forgotten', async () => {
    const folder = await copyOfBuiltIn('short-lived');
    await openAt(folder);
    await openAt(api.builtIn.folder);
    assert.equal(api.models.chosen, api.builtIn);
    await rm(folder, { recursive: true });
    assert.equal((await failureOf(folder)).code, 'checkpoint.folder');
    assert.deepEqual(api.recent.all(), [folder]);
    await vscode.commands.executeCommand('headlight.useModel', folder);
    const row = (await rows()).find(({ label }) => label === 'short-lived');
    assert.equal(row?.description, 'gone');
    await vscode.commands.executeCommand('headlight.forgetModel', { model: { folder } });
    assert.deepEqual(api.recent.all(), []);
  });
});

/** Weights of a hundred billion bytes that take no room on the disk: a header and a hole. */
async function writeHuge(file: string): Promise<void> {
  const bytes = 100_000_000_000;
  const entry = { dtype: 'F16', shape: [1000, bytes / 2000], data_offsets: [0, bytes] };
  const header = Buffer.from(JSON.stringify({ 'model.shared.weight': entry }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const handle = await open(file, 'w');
  await handle.write(Buffer.concat([length, header]));
  await handle.truncate(8 + header.length + bytes);
  await handle.close();
}
