import assert from 'node:assert/strict';
import { NodeModelFolder } from '../../../src/engine/nodeModelFolder';
import { ExpectedTensors } from '../../../src/engine/expectedTensors';
import type { Stack } from '../../../src/protocol/address';
import type { HeadProfile } from '../../../src/protocol/headProfile';
import type { Answer, Question } from '../../../src/protocol/queries';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { BUILT_IN, EngineHarness } from '../../support/engineHarness';

const SOURCE = 16;
const QUERIES = 19;
const HEADS = 8;
const LAYERS = 3;
const STACKS: readonly Stack[] = ['encoder', 'decoder', 'cross'];

describe('answers about heads', () => {
  let engine: EngineHarness;
  before(async () => {
    engine = new EngineHarness();
    engine.run('a');
    await engine.finished('a');
  });
  after(() => engine.close());

  const heads = (hideSpecials = false): Promise<HeadProfile[]> =>
    engine.ask('a', { name: 'heads', question: { hideSpecials } });
  const focus = (change: Partial<Question<'focus'>>): Promise<Answer<'focus'>> =>
    engine.ask('a', {
      name: 'focus',
      question: {
        side: 'source',
        token: 10,
        hideSpecials: false,
        unit: 'token',
        count: 1000,
        ...change,
      },
    });
  const row = async (
    { stack, layer, head }: { stack: Stack; layer: number; head: number },
    token: number,
    hideSpecials: boolean,
  ): Promise<Float32Array> => {
    const address = {
      ...{ stack, layer, head, hideSpecials, token },
      unit: 'token',
      direction: 'looksAt',
    } as const;
    return numbersOf((await engine.ask('a', { name: 'row', question: address })).weights);
  };

  it('profiles every head of every layer, in order', async () => {
    const profiles = await heads();
    const addresses = STACKS.flatMap((stack) =>
      Array.from({ length: LAYERS * HEADS }, (_, i) => [stack, Math.floor(i / HEADS), i % HEADS]),
    );
    assert.deepEqual(
      profiles.map(({ stack, layer, head }) => [stack, layer, head]),
      addresses,
    );
    for (const profile of profiles) {
      const { stack, previous, next, self, distance } = profile;
      assert.equal(previous === null, stack === 'cross');
      assert.equal(self === null, stack === 'cross');
      assert.equal(distance === null, stack === 'cross');
      assert.equal(next === null, stack !== 'encoder');
      assert.notEqual(profile.entropy, null);
    }
    assert.ok(
      profiles.some(({ duplicate }) => duplicate !== null),
      'the output repeats a token',
    );
  });

  it('gives the reference’s numbers for a head', async () => {
    const expected = await ExpectedTensors.open(new NodeModelFolder(BUILT_IN));
    const all = await expected.read('s0/encoder_attentions.1'); // [head, query, key]
    await expected.close();
    const profiles = await heads();
    for (let head = 0; head < HEADS; head++) {
      const profile = profiles.find((one) => one.layer === 1 && one.head === head)!;
      const at = (query: number, key: number): number =>
        all[(head * SOURCE + query) * SOURCE + key]!;
      let [previous, special, distance, entropy] = [0, 0, 0, 0];
      for (let query = 0; query < SOURCE; query++) {
        if (query > 0) previous += at(query, query - 1) / (SOURCE - 1);
        special += (at(query, 0) + at(query, SOURCE - 1)) / SOURCE;
        for (let key = 0; key < SOURCE; key++) {
          distance += (at(query, key) * Math.abs(query - key)) / SOURCE;
          entropy -= (at(query, key) * Math.log2(at(query, key) || 1)) / SOURCE;
        }
      }
      const close = (a: number | null, b: number): void => assert.ok(Math.abs(a! - b) < 1e-4);
      close(profile.previous, previous);
      close(profile.special, special);
      close(profile.distance, distance);
      close(profile.entropy, entropy);
    }
  });

  it('profiles rows as they are shown when specials are hidden', async () => {
    const shown = await heads(false);
    const hidden = await heads(true);
    assert.equal(hidden.length, shown.length);
    const one = hidden.find(({ stack, layer, head }) => stack === 'encoder' && layer + head === 0)!;
    let first = 0;
    for (let query = 1; query < SOURCE - 1; query++) first += (await row(one, query, true))[1]!;
    assert.ok(Math.abs(one.first! - first / (SOURCE - 2)) < 1e-6);
    assert.notDeepEqual(hidden, shown);
    assert.deepEqual(await heads(false), shown, 'asked again');
  });

  it('measures again once the decoder has read more', async () => {
    const query = { name: 'heads', question: { hideSpecials: false } } as const;
    engine.run('b');
    await engine.until('token', ({ trace }) => trace === 'b');
    const early = await engine.ask('b', query);
    assert.equal(early.length, STACKS.length * LAYERS * HEADS);
    await engine.finished('b');
    const whole = await heads();
    assert.deepEqual(await engine.ask('b', query), whole);
    const ofEncoder = LAYERS * HEADS;
    assert.deepEqual(early.slice(0, ofEncoder), whole.slice(0, ofEncoder));
    assert.notDeepEqual(early, whole);
    engine.post({ type: 'release', trace: 'b' });
  });

  it('while the encoder reads, only the layers that exist', async () => {
    engine.run('c');
    const { layer } = await engine.until('layer', (message) => message.trace === 'c');
    const profiles = await engine.ask('c', { name: 'heads', question: { hideSpecials: false } });
    assert.equal(layer.layer, 0);
    assert.ok(profiles.length >= HEADS && profiles.length % HEADS === 0, String(profiles.length));
    assert.deepEqual(profiles.slice(0, HEADS), (await heads()).slice(0, HEADS));
    await engine.finished('c');
    engine.post({ type: 'release', trace: 'c' });
  });

  it('from a source token: every head of the encoder, sharpest first, numbers of the rows', async () => {
    for (const hideSpecials of [false, true]) {
      const sharpest = await focus({ hideSpecials });
      assert.equal(sharpest.length, LAYERS * HEADS);
      let before = 0;
      for (const { entropy, key, weight, ...address } of sharpest) {
        assert.equal(address.stack, 'encoder');
        assert.ok(entropy >= before);
        before = entropy;
        const weights = await row(address, 10, hideSpecials);
        assert.equal(weight, weights[key]);
        const shown = [...weights].filter((one) => !Number.isNaN(one));
        assert.equal(weight, Math.max(...shown));
        const bits = shown.reduce((sum, one) => (one > 0 ? sum - one * Math.log2(one) : sum), 0);
        assert.ok(Math.abs(entropy - bits) < 1e-6);
      }
    }
    const { plan } = await engine.until('planned', ({ trace }) => trace === 'a');
    assert.equal(plan.source[10]!.label, 'it');
    const three = await focus({ count: 3 });
    assert.deepEqual(three, (await focus({})).slice(0, 3));
    const antecedent = (await focus({})).find(({ layer, head }) => layer === 2 && head === 3);
    assert.equal(plan.source[antecedent!.key]!.label, 'animal');
  });

  it('from an output token: decoder and cross-attention', async () => {
    const sharpest = await focus({ side: 'target', token: 5 });
    const stacks = sharpest.map(({ stack }) => stack);
    assert.equal(stacks.filter((stack) => stack === 'decoder').length, LAYERS * HEADS);
    assert.equal(stacks.filter((stack) => stack === 'cross').length, LAYERS * HEADS);
    const last = await focus({ side: 'target', token: QUERIES - 1 });
    assert.equal(last.length, 2 * LAYERS * HEADS);
  });

  it('leaves rows with a single key out: they are sharp without a choice', async () => {
    const start = await focus({ side: 'target', token: 0 });
    assert.deepEqual([...new Set(start.map(({ stack }) => stack))], ['cross']);
    const first = await focus({ side: 'target', token: 1, hideSpecials: true });
    assert.deepEqual([...new Set(first.map(({ stack }) => stack))], ['cross']);
  });

  it('from a special token: nothing while they are hidden', async () => {
    assert.deepEqual(await focus({ token: 0, hideSpecials: true }), []);
    assert.equal((await focus({ token: 0 })).length, LAYERS * HEADS);
    assert.deepEqual(await focus({ count: 0 }), []);
  });

  it('says which token there is not, and which was not read', async () => {
    await assert.rejects(focus({ token: SOURCE }), /trace\.noToken/);
    await assert.rejects(focus({ side: 'target', token: QUERIES }), /trace\.notRead/);
    await assert.rejects(focus({ side: 'target', token: QUERIES + 1 }), /trace\.noToken/);
  });
});
