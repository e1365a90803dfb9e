import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { failureMessages } from '../../../src/failure/messages';
import { translator, describeFailure } from '../../../src/language/translate';
import { ANIMAL, BUILT_IN, EngineHarness } from '../../support/engineHarness';

const MARIAN = 'test/fixtures/reference/marian';
const F16_NAN = 0x7e00;

/** What a safetensors header says of a tensor. */
interface Entry {
  readonly dtype: string;
  readonly data_offsets: readonly [number, number];
}

/** What a person may hand in, the code it must lead to, and a value that the message must name. */
describe('bad input is refused with one clear message', () => {
  let engine: EngineHarness;
  let scratch: string;
  before(async () => {
    engine = new EngineHarness();
    scratch = await mkdtemp(path.join(os.tmpdir(), 'headlight-'));
  });
  after(async () => {
    engine.close();
    await rm(scratch, { recursive: true, force: true });
  });

  let count = 0;
  async function refused(
    code: string,
    names: string,
    text: string,
    more: Parameters<EngineHarness['run']>[2] = {},
  ): Promise<void> {
    const trace = `t${count++}`;
    engine.run(trace, text, more);
    const { outcome, failure, memory } = await engine.finished(trace);
    assert.equal(outcome, 'failed');
    assert.equal(failure?.code, code);
    const words = describeFailure(failure, translator({}));
    assert.ok(words.includes(names), words);
    assert.doesNotMatch(words, /\{\w+\}/, 'every place is filled');
    assert.equal(memory.tensors, memory.weights, 'no tensor stays behind');
  }

  /** A copy of a small model, changed. */
  async function model(
    change: (folder: string) => Promise<void>,
  ): Promise<{ model: string; language: null }> {
    const folder = path.join(scratch, `m${count}`);
    await cp(MARIAN, folder, { recursive: true });
    await cp('media/models/translate-en/tokenizer.json', path.join(folder, 'tokenizer.json'));
    await change(folder);
    return { model: folder, language: null };
  }
  async function editConfig(folder: string, change: Record<string, unknown>): Promise<void> {
    const file = path.join(folder, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...config, ...change }));
  }

  it('texts', async () => {
    await refused('text.empty', 'no text', ' \n\t ');
    await refused('text.tooLong', '50000', 'x'.repeat(50_000));
    await refused('text.loneSurrogate', '2', 'a \uD83D b');
    await refused('text.loneSurrogate', '3', 'a b\uDE00');
    await refused('text.tooManyTokens', '256', 'word '.repeat(300));
    await refused('text.language', 'xyz', ANIMAL, { language: 'xyz' });
    await refused('text.language', 'deu', `>>deu<< ${ANIMAL}`, { language: null });
  });

  it('weights', async () => {
    const weights = (folder: string): string => path.join(folder, 'model.safetensors');
    const withoutTokenizer = (folder: string): Promise<void> =>
      rm(path.join(folder, 'tokenizer.json'));
    const truncated = await model((folder) => truncate(weights(folder), 300_000));
    await refused('checkpoint.truncated', 'model.safetensors', ANIMAL, truncated);
    const missing = await model((folder) => rm(weights(folder)));
    await refused('checkpoint.missing', 'model.safetensors', ANIMAL, missing);
    const bare = await model((folder) => rm(path.join(folder, 'config.json')));
    await refused('checkpoint.missing', 'config.json', ANIMAL, bare);
    const narrower = await model(async (folder) => {
      await withoutTokenizer(folder);
      await editConfig(folder, { encoder_ffn_dim: 95 });
    });
    await refused('checkpoint.tensorShape', 'fc1', ANIMAL, narrower);
    const deeper = await model(async (folder) => {
      await withoutTokenizer(folder);
      await editConfig(folder, { encoder_layers: 4 });
    });
    await refused('checkpoint.tensorMissing', 'layers.3', ANIMAL, deeper);
  });

  it('configurations', async () => {
    await refused(
      'config.family',
      'mamba',
      ANIMAL,
      await model((folder) => editConfig(folder, { model_type: 'mamba' })),
    );
    await refused(
      'config.option',
      'activation_function',
      ANIMAL,
      await model((folder) => editConfig(folder, { activation_function: 'hard_tanh' })),
    );
    await refused(
      'config.count',
      'encoder_layers',
      ANIMAL,
      await model((folder) => editConfig(folder, { encoder_layers: 'three' })),
    );
    await refused(
      'config.json',
      'config.json',
      ANIMAL,
      await model((folder) => writeFile(path.join(folder, 'config.json'), '{')),
    );
  });

  it('tokenizers', async () => {
    await refused('tokenizer.foreign', '8000', ANIMAL, await model(() => Promise.resolve()));
    await refused(
      'tokenizer.missing',
      'tokenizer.json',
      ANIMAL,
      await model((folder) => rm(path.join(folder, 'tokenizer.json'))),
    );
    await refused(
      'tokenizer.invalid',
      'tokenizer.json',
      ANIMAL,
      await model((folder) => writeFile(path.join(folder, 'tokenizer.json'), '[]')),
    );
  });

  it('weights that are no numbers', async () => {
    const folder = path.join(scratch, 'nan');
    await cp(BUILT_IN, folder, { recursive: true });
    const file = path.join(folder, 'model.safetensors');
    const bytes = await readFile(file);
    const data = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.toString('utf8', 8, data)) as Record<string, Entry>;
    const { dtype, data_offsets: at } = header['model.encoder.layers.0.fc1.weight']!;
    assert.equal(dtype, 'F16');
    bytes.writeUInt16LE(F16_NAN, data + at[0]);
    await writeFile(file, bytes);
    await refused('model.notNumbers', 'NaN', ANIMAL, { model: folder });
  });

  it('runs beyond the memory', async () => {
    const small = new EngineHarness(100_000);
    small.run('a');
    const { failure } = await small.finished('a');
    assert.equal(failure?.code, 'memory.budget');
    const words = describeFailure(failure, translator({}));
    assert.match(words, /about \d+ MB.*headlight\.memoryBudget/);
    small.close();
  });

  it('and goes on working afterwards', async () => {
    engine.run('last', 'All is well.');
    assert.equal((await engine.finished('last')).output, 'Tout est bien.');
  });

  it('a long text runs, with a word that the model never saw such', async () => {
    engine.run('long', 'The dog ran. '.repeat(20));
    const { plan } = await engine.until('planned', ({ trace }) => trace === 'long');
    assert.equal(plan.notices[0]?.code, 'notice.beyondTraining');
    assert.equal((await engine.finished('long')).outcome, 'complete');
  });

  it('every message is a sentence that ends and has no unknown place', () => {
    for (const message of Object.values(failureMessages)) assert.match(message, /[.)]$/);
  });
});
