import assert from 'node:assert/strict';
import { lookAtModel, type FolderLook } from '../../../src/host/models/modelFiles';
import { ModelFacts } from '../../../src/host/models/modelFacts';
import { modelFacts, modelWords, type ModelState } from '../../../src/host/models/modelLine';
import { Models } from '../../../src/host/models/models';
import { ResidentModels } from '../../../src/host/models/residentModels';
import { Failure } from '../../../src/failure/failure';
import { translator } from '../../../src/language/translate';
import { finished, plan } from './fakeEngine';
import { currentKey, empty, inDocument } from './inspecting';

const t = translator({});

/** Folders of files of a hundred bytes. */
const folders = (content: Readonly<Record<string, readonly string[]>>): FolderLook => ({
  files: (folder) => Promise.resolve(content[folder] ?? null),
  size: () => Promise.resolve(100),
});

const code = (thrown: unknown): boolean | string =>
  thrown instanceof Failure ? `${thrown.code} ${JSON.stringify(thrown.args)}` : false;

describe('the files of a model', () => {
  const look = folders({
    '/one': ['config.json', 'model.safetensors', 'expected.safetensors', 'README.md'],
    '/shards': [
      'config.json',
      'model.safetensors.index.json',
      'model-00001-of-00002.safetensors',
      'model-00002-of-00002.safetensors',
      'other.safetensors',
    ],
    '/weightless': ['config.json', 'model-00001-of-00002.safetensors'],
    '/empty': [],
  });

  it('are counted without those that are no weights', async () => {
    assert.deepEqual(await lookAtModel(look, '/one'), { bytes: 100, hasCard: true });
    assert.deepEqual(await lookAtModel(look, '/shards'), { bytes: 200, hasCard: false });
  });

  it('are missed by name', async () => {
    const fails = (folder: string, words: string): Promise<void> =>
      assert.rejects(lookAtModel(look, folder), (thrown) => code(thrown) === words);
    await fails('/gone', 'checkpoint.folder {"folder":"/gone"}');
    await fails('/empty', 'checkpoint.missing {"file":"config.json","folder":"/empty"}');
    await fails(
      '/weightless',
      'checkpoint.missing {"file":"model.safetensors","folder":"/weightless"}',
    );
  });
});

describe('what is known of models', () => {
  function knowing() {
    const { world, inspections } = empty();
    const resident = new ResidentModels(world.client, inspections);
    const look = folders({ '/model': ['config.json', 'model.safetensors'] });
    const facts = new ModelFacts(world.client, inspections, resident, look);
    const run = (folder: string): string => {
      const model = { ...inDocument.model, folder };
      const { trace } = inspections.inspect({ ...inDocument, model }).snapshot;
      world.port.says({ type: 'planned', trace, plan });
      return trace;
    };
    return { world, inspections, facts, run };
  }

  it('comes from runs: what the model is like, and that it is loaded', () => {
    const { facts, run } = knowing();
    assert.deepEqual(facts.of('/model'), { files: null, summary: null, failure: null });
    assert.equal(facts.isLoaded('/model'), false);
    run('/model');
    assert.equal(facts.of('/model').summary?.name, 'fake');
    assert.equal(facts.isLoaded('/model'), true);
  });

  it('counts a model as loaded only while a trace keeps it in memory', () => {
    const { world, inspections, facts, run } = knowing();
    const first = run('/model');
    world.port.says(finished(first));
    world.port.says(finished(run('/other')));
    assert.deepEqual(
      ['/model', '/other'].map((one) => facts.isLoaded(one)),
      [true, true],
    );
    world.port.says({ type: 'evicted', trace: first });
    world.port.says(finished(run('/other')));
    assert.deepEqual(
      ['/model', '/other'].map((one) => facts.isLoaded(one)),
      [false, true],
    );
    inspections.drop(currentKey(inspections));
    world.port.dies('killed');
    assert.equal(facts.isLoaded('/other'), false);
    assert.equal(facts.of('/other').summary?.name, 'fake', 'what it is like stays true');
  });

  it('keeps what a run said of damaged files, and forgets it with the next good run', () => {
    const { world, facts, run, inspections } = knowing();
    const { trace } = inspections.inspect(inDocument).snapshot;
    const failure = { code: 'config.json', args: {} } as const;
    world.port.says({ ...finished(trace, 'failed'), failure });
    assert.deepEqual(facts.of('/model').failure, failure);
    run('/model');
    assert.equal(facts.of('/model').failure, null);
  });

  it('does not blame the model for a text', () => {
    const { world, facts, inspections } = knowing();
    const { trace } = inspections.inspect(inDocument).snapshot;
    const failure = { code: 'text.tooManyTokens', args: {} } as const;
    world.port.says({ ...finished(trace, 'failed'), failure });
    assert.equal(facts.of('/model').failure, null);
  });

  it('is asked of the engine once', async () => {
    const { world, facts } = knowing();
    const described = facts.describe('/model');
    const { request } = world.port.last('describe');
    world.port.says({ type: 'model', request, model: plan.model });
    await described;
    await facts.describe('/model');
    assert.equal(world.port.types().filter((type) => type === 'describe').length, 1);
    assert.equal(facts.isLoaded('/model'), true);
  });

  it('finds a folder missing, and there again', async () => {
    const { facts } = knowing();
    assert.equal((await facts.look('/gone'))?.code, 'checkpoint.folder');
    assert.equal(facts.of('/gone').failure?.code, 'checkpoint.folder');
    assert.equal(await facts.look('/model'), null);
    assert.equal(facts.of('/model').files?.bytes, 100);
  });
});

describe('a model in words', () => {
  const state: ModelState = {
    ...{ chosen: true, builtIn: true, loaded: true, failure: null },
    files: { bytes: 15_212_345, hasCard: true },
    summary: plan.model,
  };
  const words = (change: Partial<ModelState>): string =>
    modelWords({ ...state, ...change }, 'en', t);

  it('says what is known and nothing else', () => {
    assert.equal(words({}), 'loaded · 2+1 layers × 2 heads · 15 MB · built-in');
    assert.equal(words({ summary: null, loaded: false, builtIn: false }), '15 MB');
    assert.equal(words({ files: null, summary: null, loaded: false, builtIn: false }), '');
  });

  it('counts what the model has', () => {
    const heads = { encoder: 2, decoder: 4 };
    assert.match(words({ summary: { ...plan.model, heads } }), / 2\+1 layers × 2\/4 heads /);
    const layers = { encoder: 12, decoder: 0 };
    assert.match(words({ summary: { ...plan.model, layers, heads } }), / 12 layers × 2 heads /);
  });

  it('says what is wrong with it instead', () => {
    const failure = { code: 'checkpoint.folder', args: { folder: '/gone' } } as const;
    assert.match(words({ failure }), /^There is no folder \/gone\./);
  });

  it('lists facts with their units and languages', () => {
    const facts = new Map(modelFacts(plan.model, 'en', t).map(({ name, value }) => [name, value]));
    assert.equal(facts.get('Layers'), '2 + 1');
    assert.equal(facts.get('Languages'), 'French, Chinese');
    assert.equal(facts.get('Weights stored as'), 'F16');
  });
});

describe('the models to choose from', () => {
  const builtIn = { folder: '/built-in', trainedTokens: 64, language: 'fra' };

  it('are the built-in one, those chosen before and the configured one, each once', () => {
    let configured: string | null = '/b';
    const models = new Models(
      builtIn,
      () => configured,
      () => ['/a', '/b', '/built-in'],
    );
    const all = (): string[] => models.all().map(({ folder }) => folder);
    assert.deepEqual(all(), ['/built-in', '/a', '/b']);
    assert.equal(models.chosen.folder, '/b');
    configured = '/c';
    assert.deepEqual(all(), ['/built-in', '/a', '/b', '/c']);
    configured = null;
    assert.deepEqual(all(), ['/built-in', '/a', '/b']);
    assert.equal(models.chosen, builtIn);
  });
});
