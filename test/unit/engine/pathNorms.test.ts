// Lengths along a token's path: they agree with each other, with the stream, and with the model's equations.
import assert from 'node:assert/strict';
import path from 'node:path';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { EngineHarness } from '../../support/engineHarness';

const CLOSE = 1e-5;
const near = (actual: number, expected: number, what: string): void =>
  assert.ok(
    Math.abs(actual - expected) <= CLOSE * Math.max(1, Math.abs(expected)),
    `${what}: ${actual} is not ${expected}`,
  );

type Half = 'encoder' | 'decoder';
const MODELS: readonly (readonly [what: string, folder: string, text: string, halves: Half[]])[] = [
  ['post-norm, two stacks', 'media/models/translate-en', 'The cat sleeps.', ['encoder', 'decoder']],
  [
    'post-norm with kinds of text',
    'test/fixtures/models/masked-words',
    'The [MASK] sat.',
    ['encoder'],
  ],
  ['pre-norm, rotary', 'test/fixtures/models/stories-rotary', 'The cat sat', ['decoder']],
  ['pre-norm, ALiBi', 'test/fixtures/models/stories-alibi', 'The cat sat', ['decoder']],
  ['pre-norm, two stacks', 'test/fixtures/models/copy-relative', 'a b c', ['encoder', 'decoder']],
];

describe('the path of a token', function () {
  this.timeout(60_000);
  let engine: EngineHarness;
  before(() => {
    engine = new EngineHarness();
  });
  after(() => engine.close());

  for (const [what, folder, text, halves] of MODELS)
    for (const half of halves)
      it(`${what}: ${half}`, async () => {
        const trace = `${folder} ${half}`;
        const language = folder.startsWith('media') ? 'fra' : null;
        engine.run(trace, text, { model: path.resolve(folder), language });
        await engine.finished(trace);
        const token = 1;
        const norms = await engine.ask(trace, { name: 'pathNorms', question: { half, token } });
        const stream = await engine.ask(trace, {
          name: 'stream',
          question: { half, token, change: null },
        });
        const { embedding, layers } = norms;
        const parts = layers.flat();
        const lengths = [...numbersOf(stream.asTrained.norms)];
        near(embedding.leaves, lengths[0]!, 'what leaves the embedding');
        assert.equal(parts.length, stream.places.length - 1);
        let enters = embedding.leaves;
        parts.forEach(({ name, enters: from, reads, adds, cosine, sum, leaves }, i) => {
          assert.equal(stream.places[i + 1]!.after, name);
          near(from, enters, `${name} goes on where the part before ended`);
          near(leaves!, lengths[i + 1]!, `${name} leaves what the stream has`);
          // ‖x + s‖² = ‖x‖² + ‖s‖² + 2 ‖x‖ ‖s‖ cos
          near(sum! ** 2, from ** 2 + adds ** 2 + 2 * from * adds * cosine, `sum of ${name}`);
          if (stream.asTrained.sums === null) near(leaves!, sum!, 'without a norm the sum goes on');
          else {
            near(reads, from, 'a post-norm sub-layer reads the stream itself');
            near(numbersOf(stream.asTrained.sums)[i + 1]!, sum!, 'the sum before its norm');
          }
          enters = leaves!;
        });
        assert.ok(norms.leaves > 0);
        const { tensors, weights, kept } = await engine.memory();
        assert.equal(tensors, weights + kept, 'no tensor is left behind');
      });

  it('adds what the model adds: positions to Marian, kinds of text to BERT, nothing to rotary models', async () => {
    const ask = (folder: string, half: Half) =>
      engine.ask(`${folder} ${half}`, { name: 'pathNorms', question: { half, token: 1 } });
    const marian = await ask('media/models/translate-en', 'encoder');
    // Sines and cosines: ‖PE‖² = d_model ÷ 2 at every position.
    near(marian.embedding.positions!, Math.sqrt(128), '‖PE‖');
    assert.equal(marian.embedding.types, null);
    const bert = await ask('test/fixtures/models/masked-words', 'encoder');
    assert.ok(bert.embedding.positions! > 0 && bert.embedding.types! > 0);
    const rotary = await ask('test/fixtures/models/stories-rotary', 'decoder');
    assert.deepEqual([rotary.embedding.positions, rotary.embedding.types], [null, null]);
  });

  it('refuses a stack or a token that is not there', async () => {
    const trace = 'test/fixtures/models/masked-words encoder';
    const ask = (half: Half, token: number) =>
      engine.ask(trace, { name: 'pathNorms', question: { half, token } });
    await assert.rejects(ask('decoder', 0), /trace\.noStack/);
    await assert.rejects(ask('encoder', 1000), /trace\.noToken/);
  });
});
