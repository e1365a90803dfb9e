// Texts that an engine writes for nobody's eyes: beside a reader's runs, and behind them.
import assert from 'node:assert/strict';
import { plainWriting } from '../../../src/protocol/writing';
import { ANIMAL, BUILT_IN, EngineHarness } from '../../support/engineHarness';

describe('a text to be written', function () {
  this.timeout(60_000);
  let engine: EngineHarness;
  beforeEach(() => (engine = new EngineHarness()));
  afterEach(async () => {
    const { tensors, weights, kept, traces } = await engine.memory();
    engine.close();
    assert.equal(tensors - weights - kept, 0);
    assert.ok(traces <= 1);
  });

  const ask = (request: number, text = ANIMAL, writing = plainWriting): void =>
    engine.post({ type: 'write', request, model: BUILT_IN, text, language: 'fra', writing });
  const reply = (request: number) =>
    Promise.race([
      engine.until('wrote', (message) => message.request === request),
      engine.until('refused', (message) => message.request === request),
    ]);

  it('is the text of a run, with the same probabilities', async () => {
    engine.run('a');
    const { output } = await engine.finished('a');
    ask(1000);
    const wrote = await reply(1000);
    assert.ok(wrote.type === 'wrote');
    assert.equal(wrote.output, output);
    const tokens = engine.log.flatMap((one) => (one.type === 'token' ? [one.written] : []));
    assert.equal(wrote.tokens, tokens.length);
    const logs = tokens.map(({ probability }) => Math.log(probability));
    assert.ok(Math.abs(wrote.logProbability - logs.reduce((sum, one) => sum + one, 0)) < 1e-9);
    assert.equal(wrote.ended, true);
  });

  it('lets a run go first, and is written all the same', async () => {
    for (const request of [1000, 1001, 1002]) ask(request);
    engine.run('a', 'Yes.');
    const order = engine.log;
    for (const request of [1000, 1001, 1002]) assert.equal((await reply(request)).type, 'wrote');
    const finished = order.findIndex(({ type }) => type === 'finished');
    const wrote = order.findIndex(({ type }) => type === 'wrote');
    assert.ok(finished >= 0 && finished < wrote);
  });

  it('can be withdrawn, and is refused with what is wrong', async () => {
    ask(1000);
    ask(1001);
    engine.post({ type: 'withdraw', request: 1001 });
    assert.equal((await reply(1000)).type, 'wrote');
    const withdrawn = await reply(1001);
    assert.ok(withdrawn.type === 'refused' && withdrawn.failure.code === 'run.cancelled');
    ask(1002, ' ');
    const empty = await reply(1002);
    assert.ok(empty.type === 'refused' && empty.failure.code === 'text.empty');
  });

  it('is drawn the same again from the same seed by another engine', async () => {
    const search = { kind: 'sample', temperature: 3, topK: 40, topP: null, seed: 11 } as const;
    const drawn = async (seed: number): Promise<string> => {
      ask(seed, ANIMAL, { ...plainWriting, maxNewTokens: 24, search: { ...search, seed } });
      const wrote = await reply(seed);
      assert.ok(wrote.type === 'wrote');
      return wrote.output;
    };
    const first = await drawn(11);
    assert.notEqual(await drawn(12), first);
    engine.close();
    engine = new EngineHarness();
    assert.equal(await drawn(11), first);
  });

  it('may be searched with beams', async () => {
    const search = { kind: 'beam', beams: 4, lengthPenalty: 1, earlyStopping: false } as const;
    ask(1000, 'The cat sat on the mat.', { ...plainWriting, search });
    ask(1001, 'The cat sat on the mat.');
    const [beams, greedy] = [await reply(1000), await reply(1001)];
    assert.ok(beams.type === 'wrote' && greedy.type === 'wrote');
    const mean = ({ logProbability, tokens }: typeof beams): number => logProbability / tokens;
    assert.ok(mean(beams) >= mean(greedy) - 1e-9);
  });
});
