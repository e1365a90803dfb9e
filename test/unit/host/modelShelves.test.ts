import assert from 'node:assert/strict';
import { Failure } from '../../../src/failure/failure';
import { translator } from '../../../src/language/translate';
import { glanceAtConfig } from '../../../src/host/models/configGlance';
import { ListedModels } from '../../../src/host/models/listedModels';
import { lookAtShelves, MAX_FOLDERS_LOOKED_AT } from '../../../src/host/models/modelShelves';
import { modelTarget } from '../../../src/host/models/modelTarget';
import { inOrder, shelfNotes } from '../../../src/host/views/modelNodes';
import { modelName } from '../../../src/protocol/modelName';
import { folders } from './fakeFolders';

const model = (folder: string): Record<string, string | number> => ({
  [`${folder}/config.json`]: '{}',
  [`${folder}/model.safetensors`]: 1,
});
const cached = (name: string, revision: string): Record<string, string | number> =>
  model(`/hub/models--${name}/snapshots/${revision}`);

describe('the folders of the setting', () => {
  it('are models, or hold some', async () => {
    const look = folders({
      ...model('/shelf/b'),
      ...model('/shelf/a'),
      ...model('/shelf/deep/er'),
      '/shelf/weightless/config.json': '{}',
      '/shelf/notes.txt': 'x',
      ...model('/single'),
      '/bare/text/notes.txt': 'x',
    });
    const setting = ['/shelf', '/single', '/bare', '/gone', 'here', '/shelf'];
    assert.deepEqual(await lookAtShelves(look, setting), [
      { folder: '/shelf', state: 'whole', models: ['/shelf/a', '/shelf/b'] },
      { folder: '/single', state: 'whole', models: ['/single'] },
      { folder: '/bare', state: 'empty', models: [] },
      { folder: '/gone', state: 'missing', models: [] },
      { folder: 'here', state: 'relative', models: [] },
    ]);
  });

  it('may be a Hugging Face cache: the snapshot that refs/main names counts', async () => {
    const look = folders({
      ...cached('org--tiny', 'aaa'),
      ...cached('org--tiny', 'bbb'),
      '/hub/models--org--tiny/refs/main': 'bbb\n',
      ...cached('one', 'ccc'),
      ...cached('two', 'ddd'),
      ...cached('two', 'eee'),
      ...cached('outside', 'fff'),
      '/hub/models--outside/refs/main': '../../models--two/snapshots/ddd',
      '/hub/models--gone/refs/main': 'aaa',
      '/hub/version.txt': '1',
    });
    const [shelf] = await lookAtShelves(look, ['/hub']);
    assert.deepEqual(shelf?.models, [
      '/hub/models--one/snapshots/ccc',
      '/hub/models--org--tiny/snapshots/bbb',
      '/hub/models--outside/snapshots/fff',
    ]);
    assert.deepEqual(shelf.models.map(modelName), ['one', 'org/tiny', 'outside']);
  });

  it('are looked into up to a limit, and say so', async () => {
    const many = Array.from({ length: MAX_FOLDERS_LOOKED_AT }, (_, i) => `/many/m${1000 + i}`);
    const look = folders(Object.assign({}, ...many.map(model), model('/more/x')) as {});
    const shelves = await lookAtShelves(look, ['/many', '/more']);
    assert.deepEqual(
      shelves.map(({ state, models }) => [state, models.length]),
      [
        ['whole', MAX_FOLDERS_LOOKED_AT],
        ['cut', 0],
      ],
    );
    const [note] = shelfNotes(shelves, translator({}));
    assert.equal(note?.label, '/more');
    assert.match(note.words, new RegExp(`only ${MAX_FOLDERS_LOOKED_AT} `));
  });

  it('tell once that they are others', async () => {
    let setting = ['/shelf'];
    const listed = new ListedModels(folders(model('/shelf/a')), () => setting);
    let changes = 0;
    listed.changed.on(() => changes++);
    await Promise.all([listed.refresh(), listed.refresh()]);
    await listed.refresh();
    assert.equal(changes, 1);
    assert.equal(listed.has('/shelf/a'), true);
    setting = [];
    await listed.refresh();
    assert.equal(changes, 2);
    assert.deepEqual(listed.all(), []);
  });
});

describe('what a model list shows', () => {
  const source = (folder: string) => ({ folder, trainedTokens: null, language: null });

  it('is in the order of names, the built-in one first', () => {
    const builtIn = source('/z');
    const models = ['/b/m10', '/b/m9', '/z', '/a/m10'].map((folder) =>
      folder === '/z' ? builtIn : source(folder),
    );
    const order = inOrder(models, builtIn, ({ folder }) => modelName(folder), 'en');
    assert.deepEqual(
      order.map(({ folder }) => folder),
      ['/z', '/b/m9', '/a/m10', '/b/m10'],
    );
  });
});

describe('a place that somebody points at', () => {
  const look = folders({
    ...model('/m'),
    '/m/model.safetensors.index.json': 1,
    '/m/tokenizer.json': 1,
    ...cached('org--two', 'aaa'),
    ...cached('org--two', 'bbb'),
    ...cached('org--one', 'ccc'),
  });
  const fails = (place: string, code: string): Promise<void> =>
    assert.rejects(
      modelTarget(look, place),
      (thrown) => thrown instanceof Failure && thrown.code === code,
    );

  it('is the folder, one of its files, or a model of a cache', async () => {
    const places = ['/m', '/m/', '/m/config.json', '/m/model.safetensors'];
    for (const place of [...places, '/m/model.safetensors.index.json'])
      assert.equal(await modelTarget(look, place), '/m', place);
    const snapshot = '/hub/models--org--one/snapshots/ccc';
    assert.equal(await modelTarget(look, '/hub/models--org--one'), snapshot);
  });

  it('is refused where it is no model', async () => {
    await fails('/m/tokenizer.json', 'open.file');
    await fails('/m/gone.safetensors', 'checkpoint.folder');
    await fails('/nowhere', 'checkpoint.folder');
    await fails('/hub/models--org--two', 'open.snapshots');
  });
});

describe('a glance at config.json', () => {
  const glance = (config: object) => glanceAtConfig(JSON.stringify(config));

  it('finds layers and heads in the words of each family', () => {
    const none = { encoder: 0, decoder: 0 };
    assert.deepEqual(glance({ model_type: 'gpt2', n_layer: 5, n_head: 4 }), {
      family: 'gpt2',
      layers: { encoder: 5, decoder: 0 },
      heads: { encoder: 4, decoder: 0 },
    });
    const bart = { encoder_layers: 2, decoder_layers: 3, encoder_attention_heads: 4 };
    const both = { ...bart, model_type: 'bart', num_hidden_layers: 9, decoder_attention_heads: 8 };
    assert.deepEqual(glance(both), {
      family: 'bart',
      layers: { encoder: 2, decoder: 3 },
      heads: { encoder: 4, decoder: 8 },
    });
    assert.deepEqual(glance({ model_type: 'new' }), { family: 'new', layers: none, heads: none });
  });

  it('believes nothing that is no number or no name', () => {
    const odd = { model_type: 'x', n_layer: '12', n_head: -1, num_heads: 1e300 };
    assert.deepEqual(glance(odd)?.layers, { encoder: 0, decoder: 0 });
    assert.deepEqual(glance(odd)?.heads, { encoder: 0, decoder: 0 });
    for (const family of ['a b', '$(check)', '', 7, 'x'.repeat(41)])
      assert.equal(glance({ model_type: family }), null);
    for (const text of ['', '[]', 'null', '{"model_type"'])
      assert.equal(glanceAtConfig(text), null);
  });
});
