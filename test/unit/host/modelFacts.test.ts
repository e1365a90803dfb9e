import assert from 'node:assert/strict';
import { lookAtModel } from '../../../src/host/models/modelFiles';
import { ModelFacts } from '../../../src/host/models/modelFacts';
import {
  modelTooltip,
  modelWords,
  sizeInWords,
  type ModelState,
} from '../../../src/host/models/modelLine';
import { modelFacts } from '../../../src/host/models/modelSheet';
import { Models } from '../../../src/host/models/models';
import { ResidentModels } from '../../../src/host/models/residentModels';
import { Failure } from '../../../src/failure/failure';
import { translator } from '../../../src/language/translate';
import { finished, plan } from './fakeEngine';
import { folders } from './fakeFolders';
import { currentKey, empty, inDocument } from './inspecting';

const t = translator({});

const code = (thrown: unknown): boolean | string =>
  thrown instanceof Failure ? `${thrown.code} ${JSON.stringify(thrown.args)}` : false;

describe('the files of a model', () => {
  const shape = { layers: { encoder: 12, decoder: 0 }, heads: { encoder: 8, decoder: 0 } };
  const config = { model_type: 'bert', num_hidden_layers: 12, num_attention_heads: 8 };
  const look = folders({
    '/one/config.json': JSON.stringify(config),
    '/one/model.safetensors': 100,
    '/one/expected.safetensors': 100,
    '/one/README.md': 100,
    '/shards/config.json': '{',
    '/shards/model.safetensors.index.json': 100,
    '/shards/model-00001-of-00002.safetensors': 100,
    '/shards/model-00002-of-00002.safetensors': 100,
    '/shards/other.safetensors': 100,
    '/weightless/config.json': '{}',
    '/weightless/model-00001-of-00002.safetensors': 100,
    '/empty/text': 1,
  });

  it('are counted without those that are no weights', async () => {
    const glance = { family: 'bert', ...shape };
    assert.deepEqual(await lookAtModel(look, '/one'), { bytes: 100, hasCard: true, glance });
    const shards = { bytes: 200, hasCard: false, glance: null };
    assert.deepEqual(await lookAtModel(look, '/shards'), shards);
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
    const look = folders({ '/model/config.json': '{}', '/model/model.safetensors': 100 });
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

  it('does not blame the model for a text, nor for a pair', () => {
    const { world, facts, inspections } = knowing();
    for (const code of ['text.tooManyTokens', 'tokenizer.noPair'] as const) {
      const { trace } = inspections.inspect(inDocument).snapshot;
      world.port.says({ ...finished(trace, 'failed'), failure: { code, args: {} } });
      assert.equal(facts.of('/model').failure, null, code);
    }
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

  it('says how far the engine is, and nothing of a model that nobody wants any more', async () => {
    const { world, facts } = knowing();
    const told: number[] = [];
    const controller = new AbortController();
    const how = { progress: (part: number) => told.push(part), signal: controller.signal };
    const loaded = facts.load('/model', how);
    const { request } = world.port.last('describe');
    world.port.says({ type: 'progress', request, fraction: 0.25 });
    controller.abort();
    assert.equal((await loaded)?.code, 'run.cancelled');
    assert.deepEqual(told, [0.25]);
    assert.equal(facts.of('/model').failure, null);
    assert.equal(facts.isLoaded('/model'), false);
  });

  it('keeps why the engine cannot load it', async () => {
    const { world, facts } = knowing();
    const loaded = facts.load('/model');
    const { request } = world.port.last('describe');
    const failure = { code: 'memory.model', args: { needed: 9000, available: 3072 } } as const;
    world.port.says({ type: 'refused', request, failure });
    assert.deepEqual(await loaded, failure);
    assert.deepEqual(facts.of('/model').failure, failure);
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
    files: { bytes: 15_212_345, hasCard: true, glance: null },
    summary: plan.model,
  };
  const words = (change: Partial<ModelState>): string =>
    modelWords({ ...state, ...change }, 'en', t);

  it('says what is known and nothing else', () => {
    assert.equal(words({}), 'loaded · marian · 2+1 layers × 2 heads · 15 MB · built-in');
    assert.equal(words({ summary: null, loaded: false, builtIn: false }), '15 MB');
    assert.equal(words({ files: null, summary: null, loaded: false, builtIn: false }), '');
  });

  it('counts what the model has', () => {
    const heads = { encoder: 2, decoder: 4 };
    assert.match(words({ summary: { ...plan.model, heads } }), / 2\+1 layers × 2\/4 heads /);
    const layers = { encoder: 12, decoder: 0 };
    const twelve = { ...plan.model, layers, heads: { encoder: 2, decoder: 0 } };
    assert.match(words({ summary: twelve }), / 12 layers × 2 heads /);
  });

  it('says what its config.json says as long as the engine has not read it', () => {
    const unread = { summary: null, loaded: false, builtIn: false } as const;
    const bert = {
      family: 'bert',
      layers: { encoder: 12, decoder: 0 },
      heads: { encoder: 8, decoder: 0 },
    };
    const files = { bytes: 2_150_000_000, hasCard: false, glance: bert };
    assert.equal(words({ ...unread, files }), 'bert · 12 layers × 8 heads · 2.2 GB');
    const glance = { ...bert, layers: { encoder: 0, decoder: 0 } };
    assert.equal(words({ ...unread, files: { ...files, glance } }), 'bert · 2.2 GB');
  });

  it('counts bytes as file managers do', () => {
    const sizes = [602_080, 15_212_345, 999_400_000, 1_000_000_000];
    const inWords = sizes.map((bytes) => sizeInWords(bytes, 'en'));
    assert.deepEqual(inWords, ['0.6 MB', '15 MB', '999 MB', '1 GB']);
  });

  it('says that something is wrong with it instead, and what in the tooltip', () => {
    const gone = { code: 'checkpoint.folder', args: { folder: '/gone' } } as const;
    const damaged = { code: 'config.json', args: {} } as const;
    assert.equal(words({ failure: gone }), 'gone');
    assert.equal(words({ failure: damaged }), 'cannot be opened');
    const tooltip = modelTooltip({ ...state, failure: gone }, 'en', t);
    assert.match(tooltip, /^There is no folder \/gone\./);
  });

  it('lists facts with their units and languages', () => {
    const facts = new Map(modelFacts(plan.model, 'en', t).map(({ name, value }) => [name, value]));
    assert.equal(facts.get('Layers'), '2 + 1');
    assert.equal(facts.get('Languages'), 'French, Chinese');
    assert.equal(facts.get('Weights stored as'), 'F16');
    assert.equal(facts.get('Architecture'), 'encoder and decoder');
    assert.equal(facts.get('Position encoding'), 'sines and cosines');
    assert.equal(facts.get('Output shares the embeddings'), 'yes');
    assert.equal(facts.get('Heads of keys and values'), '2 + 2');
  });

  it('names heads that share keys and values, and leaves out what there is not', () => {
    const model = {
      ...plan.model,
      ...({ architecture: 'decoder', className: '', tied: null } as const),
      languages: [],
      layers: { encoder: 0, decoder: 4 },
      heads: { encoder: 0, decoder: 8 },
      keyValueHeads: { encoder: 0, decoder: 2 },
      positions: null,
    };
    const facts = new Map(modelFacts(model, 'en', t).map(({ name, value }) => [name, value]));
    assert.equal(facts.get('Layers'), '4');
    assert.equal(facts.get('Heads of keys and values'), '2');
    const absent = ['Class', 'Output shares the embeddings', 'Languages', 'Longest text in tokens'];
    assert.deepEqual(
      absent.filter((name) => facts.has(name)),
      [],
    );
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

  it('are also those of the listed folders, and are called as their makers call them', () => {
    const cached = '/hub/models--org--tiny--bert/snapshots/0123abcd';
    const models = new Models(
      builtIn,
      () => null,
      () => ['/a'],
      () => ['/a', cached],
    );
    const all = models.all().map((model) => models.nameOf(model));
    assert.deepEqual(all, ['built-in', 'a', 'org/tiny--bert']);
    assert.equal(models.named('org/tiny--bert')?.folder, cached);
  });
});
