// What the view of positions says of the built-in translator, asked as the panel asks it.
import assert from 'node:assert/strict';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { EngineHarness } from '../../support/engineHarness';

const TEXT = 'The dog saw the cat because the dog was near the door.';

describe('positions of the built-in model', function () {
  this.timeout(60_000);
  let engine: EngineHarness;
  before(async () => {
    engine = new EngineHarness();
    engine.run('a', TEXT);
    await engine.finished('a');
  });
  after(() => engine.close());

  /** Two places of one token of the text. */
  async function twice(label: string): Promise<[number, number]> {
    const { plan } = await engine.until('planned', ({ trace }) => trace === 'a');
    const places = plan.source.flatMap((token, i) => (token.label === label ? [i] : []));
    return [places[0]!, places[1]!];
  }

  it('the table is the formula, a step is a rotation, and the products fall and rise', async () => {
    const waves = await engine.ask('a', {
      name: 'positionWaves',
      question: { side: 'source', position: 9 },
    });
    for (const [stored, computed] of [
      [waves.stored!.sines, waves.sines],
      [waves.stored!.cosines, waves.cosines],
    ] as const)
      for (const [i, value] of numbersOf(stored).entries())
        assert.ok(Math.abs(value - numbersOf(computed)[i]!) < 1e-6);
    const shift = await engine.ask('a', {
      name: 'positionShift',
      question: { side: 'target', position: 2, shift: 5 },
    });
    assert.ok(shift.worst.difference < 1e-6, JSON.stringify(shift.worst));
    const reach = await engine.ask('a', { name: 'positionReach', question: { side: 'source' } });
    assert.ok(reach.spread < 1e-3);
    assert.ok(reach.rise !== null && reach.rise.high > reach.rise.low);
  });

  it('scores of positions tell before from after, in the decoder too', async () => {
    for (const half of ['encoder', 'decoder'] as const) {
      const { scores, products, biased, normalised } = await engine.ask('a', {
        name: 'positionScores',
        question: { half, head: 0, position: 8 },
      });
      assert.equal(normalised, false, 'the sum goes straight into W_Q');
      assert.notEqual(biased, null);
      const [plain, seen] = [numbersOf(products), numbersOf(scores)];
      assert.ok(Math.abs(plain[5]! - plain[11]!) < 1e-4);
      assert.ok(Math.abs(seen[5]! - seen[11]!) > 1e-3);
      const { measure, first, values } = await engine.ask('a', {
        name: 'distanceEffect',
        question: { half, head: 0 },
      });
      assert.equal(measure, 'score');
      assert.equal(values.shape[0], half === 'decoder' ? 1 - first : 1 - 2 * first);
    }
    await assert.rejects(
      engine.ask('a', {
        name: 'positionScores',
        question: { half: 'encoder', head: 99, position: 0 },
      }),
      /trace\.noHead/,
    );
  });

  it('one word in two places: the same vector, then two', async () => {
    const before = (await engine.memory()).tensors;
    const [first, second] = await twice('dog');
    const same = await engine.ask('a', {
      name: 'tokenPair',
      question: { half: 'encoder', first, second },
    });
    const cosines = numbersOf(same.cosines);
    assert.equal(same.same, true);
    assert.deepEqual(same.places.slice(0, 3), [
      { at: 'token' },
      { at: 'placed' },
      { at: 'block', layer: 0 },
    ]);
    assert.equal(cosines.length, same.places.length);
    assert.ok(Math.abs(cosines[0]! - 1) < 1e-6);
    for (const cosine of cosines.slice(1)) assert.ok(cosine < 0.9999 && cosine > -1);
    const other = await engine.ask('a', {
      name: 'tokenPair',
      question: { half: 'encoder', first, second: second + 1 },
    });
    assert.equal(other.same, false);
    assert.ok(numbersOf(other.cosines)[0]! < 0.9);
    const target = await engine.ask('a', {
      name: 'tokenPair',
      question: { half: 'decoder', first: 1, second: 1 },
    });
    for (const cosine of numbersOf(target.cosines)) assert.ok(Math.abs(cosine - 1) < 1e-6);
    await assert.rejects(
      engine.ask('a', { name: 'tokenPair', question: { half: 'encoder', first, second: 99 } }),
      /trace\.noToken/,
    );
    assert.equal((await engine.memory()).tensors, before);
  });
});
