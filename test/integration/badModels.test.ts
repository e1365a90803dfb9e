import assert from 'node:assert/strict';
import { cp, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { TestApi } from '../../src/host/testApi';
import { FRENCH, ANIMAL } from './sentences';
import {
  builtInSubject,
  headlight,
  isOver,
  looseTensors,
  root,
  startOver,
  subjectFor,
} from './headlight';

const NEEDED = ['config.json', 'generation_config.json', 'tokenizer.json', 'model.safetensors'];

describe('bad input', () => {
  let api: TestApi;
  let folder: string;
  before(async () => (api = await headlight()));
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'headlight-model-'));
    for (const file of NEEDED)
      await cp(path.join(api.builtIn.folder, file), path.join(folder, file));
  });
  afterEach(async () => {
    await startOver(api);
    await rm(folder, { recursive: true });
  });

  const inspected = async (model: string, text = ANIMAL): Promise<TraceSnapshot> => {
    api.inspect(subjectFor(model, text));
    const { snapshot } = await api.waitFor(isOver);
    return snapshot;
  };

  /** The run failed for that reason, left nothing behind, and the next run is none the worse. */
  async function failsAs(snapshot: TraceSnapshot, code: string): Promise<void> {
    assert.equal(snapshot.outcome, 'failed');
    assert.equal(snapshot.failure?.code, code);
    assert.equal(await looseTensors(api), 0);
    api.inspect(builtInSubject(api, ANIMAL));
    assert.equal((await api.waitFor(isOver)).snapshot.output, FRENCH);
  }

  it('missing weights', async () => {
    await rm(path.join(folder, 'model.safetensors'));
    await failsAs(await inspected(folder), 'checkpoint.missing');
  });

  it('weights cut short', async () => {
    const file = await open(path.join(folder, 'model.safetensors'), 'r+');
    await file.truncate(1_000_000);
    await file.close();
    await failsAs(await inspected(folder), 'checkpoint.truncated');
  });

  it('weights that are no weights', async () => {
    await writeFile(
      path.join(folder, 'model.safetensors'),
      'version https://example.invalid/pointer',
    );
    await failsAs(await inspected(folder), 'checkpoint.headerTooLong');
  });

  it('the tokenizer of another model', async () => {
    const foreign = path.join(
      root,
      'test',
      'fixtures',
      'tokenizers',
      'wordpiece-cased',
      'tokenizer.json',
    );
    await cp(foreign, path.join(folder, 'tokenizer.json'));
    await failsAs(await inspected(folder), 'tokenizer.foreign');
  });

  it('no tokenizer', async () => {
    await rm(path.join(folder, 'tokenizer.json'));
    await failsAs(await inspected(folder), 'tokenizer.missing');
  });

  it('a config of another shape than the weights', async () => {
    const config = path.join(folder, 'config.json');
    const changed = { ...JSON.parse(await readFile(config, 'utf8')), encoder_ffn_dim: 512 };
    await writeFile(config, JSON.stringify(changed));
    await failsAs(await inspected(folder), 'checkpoint.tensorShape');
  });

  it('a model family that is not there yet', async () => {
    await writeFile(path.join(folder, 'config.json'), JSON.stringify({ model_type: 'reformer' }));
    await failsAs(await inspected(folder), 'config.family');
  });

  it('half a character', async () => {
    const snapshot = await inspected(folder, 'A lone \ud83d surrogate.');
    await failsAs(snapshot, 'text.loneSurrogate');
    assert.equal(snapshot.failure?.args['position'], 7);
  });

  it('nothing but blanks', async () => {
    await failsAs(await inspected(folder, ' \n '), 'text.empty');
  });

  it('more tokens than the model has positions', async () => {
    const snapshot = await inspected(folder, 'one two three '.repeat(200));
    await failsAs(snapshot, 'text.tooManyTokens');
    assert.equal(snapshot.failure?.args['limit'], 256);
  });

  it('an unknown language, in the text itself', async () => {
    await failsAs(await inspected(folder, `>>tlh<< ${ANIMAL}`), 'text.language');
  });

  it('longer than the model was trained on: runs, and says so', async () => {
    api.inspect(builtInSubject(api, `${ANIMAL} `.repeat(6)));
    const { snapshot } = await api.waitFor(isOver);
    assert.equal(snapshot.outcome, 'complete');
    assert.deepEqual(
      snapshot.plan?.notices.map(({ code }) => code),
      ['notice.beyondTraining'],
    );
  });
});
