// The “it” tour: every head's weights from “it” to two nouns, and what muting heads does to il / elle.
import assert from 'node:assert/strict';
import path from 'node:path';
import { drawHeads } from '../../../src/engine/studies/tourDraws';
import { findWord, lastWord, laterWord, tokensAt } from '../../../src/engine/studies/tourWords';
import type { HeadAddress } from '../../../src/protocol/headProfile';
import { CLEAR_FLIP, type TourPair } from '../../../src/protocol/studies/tour';
import { pairOf, tourStops } from '../../../src/protocol/studies/tourSentences';
import { numbersOf } from '../../../src/protocol/wireTensor';
import { EngineHarness } from '../../support/engineHarness';

const ANIMAL_PAIR = pairOf(tourStops[0]!);
const tour = (pair: TourPair = ANIMAL_PAIR) => ({ name: 'tour', question: { pair } }) as const;

describe('the “it” tour', function () {
  this.timeout(120_000);
  let engine: EngineHarness;
  before(async () => {
    engine = new EngineHarness();
    engine.run('a', ANIMAL_PAIR.sentences[0]);
    await engine.finished('a');
  });
  after(() => engine.close());

  it('finds the heads that turn with the last word, and none in cross-attention', async () => {
    const { flips, counts, clear, reads } = await engine.ask('a', tour());
    assert.deepEqual(
      counts.map(({ asker, searched }) => [asker, searched]),
      [
        ['word', 24],
        ['writes', 24],
        ['pronoun', 24],
      ],
    );
    assert.equal(flips.length, 72);
    const [best] = flips;
    assert.deepEqual([best!.stack, best!.layer, best!.head], ['encoder', 2, 3]);
    assert.ok(best!.score > 0.99 && best!.control! < 0);
    const [[a, b], [c, d]] = best!.weights;
    assert.equal(best!.score, Math.min(a - b, d - c));
    assert.equal(best!.opposite, Math.min(b - a, c - d));
    assert.ok(clear.length >= 5 && clear.every(({ stack }) => stack === 'encoder'));
    assert.equal(clear.length, counts[0]!.clear);
    assert.deepEqual([counts[0]!.opposite, counts[0]!.control], [0, 0]);
    assert.ok(flips.every(({ stack, score }) => stack === 'encoder' || score < CLEAR_FLIP));
    assert.match(reads[0].output!, /qu'il était/);
    assert.match(reads[1].output!, /qu'elle était/);
    assert.deepEqual(
      reads.map(({ pronoun }) => pronoun?.which),
      [0, 1],
    );
  });

  it('shows the weights that the row of the same text shows, words as one', async () => {
    const { flips, reads } = await engine.ask('a', tour());
    const { source } = (await engine.until('planned', ({ trace }) => trace === 'a')).plan;
    assert.equal(source[reads[0].word[0]]!.label, 'it');
    const askers = ['word', 'writes', 'pronoun'] as const;
    for (const { stack, layer, head, asker, weights } of askers.map((one) =>
      flips.find((flip) => flip.asker === one)!,
    )) {
      const { pronoun, word, nouns } = reads[0];
      const token = { word: word[0], last: 0, writes: pronoun!.token - 1, pronoun: pronoun!.token };
      const address = { stack, layer, head, hideSpecials: false, unit: 'token' as const };
      const question = { ...address, direction: 'looksAt' as const, token: token[asker] };
      const row = numbersOf((await engine.ask('a', { name: 'row', question })).weights);
      for (const index of [0, 1] as const)
        assert.ok(Math.abs(row[nouns[index][0]]! - weights[0][index]) < 1e-6);
    }
  });

  it('mutes heads together and at random, and leaves no tensor behind', async () => {
    const { clear } = await engine.ask('a', tour());
    const before = await engine.memory();
    const question = { pair: ANIMAL_PAIR, heads: clear, single: 1, draws: 2 };
    const { request, reply } = engine.query('a', { name: 'tourMuting', question });
    assert.equal((await reply).type, 'answer');
    const answer = await engine.ask('a', { name: 'tourMuting', question });
    assert.equal((await engine.memory()).tensors, before.tensors);
    const [il, elle] = answer.trained;
    assert.ok(il.probabilities[0]! > 0.85 && il.probabilities[1]! < 0.1 && il.pronoun === 0);
    assert.ok(elle.probabilities[1]! > 0.85 && elle.probabilities[0]! < 0.1 && elle.pronoun === 1);
    assert.notEqual(answer.single[0]![0].probabilities[0], il.probabilities[0]);
    assert.notEqual(answer.together[0].probabilities[0], answer.single[0]![0].probabilities[0]);
    assert.deepEqual(
      answer.draws.map(({ seed, heads }) => [seed, heads.length]),
      [
        [1, clear.length],
        [2, clear.length],
      ],
    );
    const told = engine.log.flatMap((message) =>
      message.type === 'progress' && message.request === request ? [message.fraction] : [],
    );
    assert.ok(told.length > 5 && told.every((fraction, i) => fraction >= (told[i - 1] ?? 0)));
    assert.equal(told.at(-1), 1);
  });

  it('as trained is what the run wrote, with the probability it told', async () => {
    const question = { pair: ANIMAL_PAIR, heads: [head(0)], single: 0, draws: 0 };
    const { trained } = await engine.ask('a', { name: 'tourMuting', question });
    const finished = await engine.finished('a');
    assert.equal(trained[0].output, finished.output);
    const il = engine.log.find(
      (message) =>
        message.type === 'token' && message.trace === 'a' && message.written.token.label === 'il',
    );
    assert.ok(il?.type === 'token');
    assert.ok(Math.abs(il.written.probability - trained[0].probabilities[0]!) < 1e-5);
  });

  it('is given up when nobody waits any more', async () => {
    const { request, reply } = engine.query('a', tour());
    await engine.until('progress', (message) => message.request === request);
    engine.post({ type: 'withdraw', request });
    const refused = await reply;
    assert.equal(refused.type === 'refused' && refused.failure.code, 'run.cancelled');
    const { tensors, weights } = await engine.memory();
    assert.equal(tensors, weights);
  });

  it('says which word is missing', async () => {
    await assert.rejects(
      engine.ask('a', tour({ ...ANIMAL_PAIR, nouns: ['animal', 'zebra'] })),
      /tour\.noWord/,
    );
    await assert.rejects(engine.ask('a', tour({ ...ANIMAL_PAIR, word: 'its' })), /tour\.noWord/);
  });

  it('in Chinese there is no pronoun to follow: the encoder alone is searched', async () => {
    engine.run('zh', ANIMAL_PAIR.sentences[0], { language: 'cmn' });
    await engine.finished('zh');
    const { reads, counts } = await engine.ask('zh', tour());
    assert.deepEqual(
      counts.map(({ asker }) => asker),
      ['word'],
    );
    assert.deepEqual(
      reads.map(({ pronoun }) => pronoun),
      [null, null],
    );
    assert.match(reads[0].output!, /它/);
  });

  it('a decoder: “it” cannot see the last word, which looks back itself; nothing to mute', async () => {
    const model = path.resolve('test/fixtures/models/stories-rotary');
    engine.run('gpt', 'the cat sat', { model, language: null, trainedTokens: null });
    await engine.finished('gpt');
    const { flips, counts } = await engine.ask('gpt', tour());
    assert.deepEqual(
      counts.map(({ asker }) => asker),
      ['word', 'last'],
    );
    for (const { asker, weights } of flips)
      if (asker === 'word') assert.deepEqual(weights[0], weights[1]);
      else assert.notDeepEqual(weights[0], weights[1]);
    const question = { pair: ANIMAL_PAIR, heads: [head(0)], single: 0, draws: 0 };
    await assert.rejects(engine.ask('gpt', { name: 'tourMuting', question }), /trace\.noStack/);
  });
});

const head = (number: number, stack: HeadAddress['stack'] = 'encoder', layer = 0): HeadAddress => ({
  stack,
  layer,
  head: number,
});

describe('random heads', () => {
  const all = [0, 1, 2].flatMap((layer) =>
    [0, 1, 2, 3].flatMap((number) => [
      head(number, 'encoder', layer),
      head(number, 'cross', layer),
    ]),
  );
  const chosen = [head(0), head(1), head(2, 'cross', 2)];
  const named = (heads: readonly HeadAddress[] | null): string[] =>
    (heads ?? []).map(({ stack, layer, head: number }) => `${stack}${layer}.${number}`);

  it('are as many from each stack, others than the chosen, each once', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const drawn = named(drawHeads(all, chosen, seed));
      assert.equal(new Set(drawn).size, 3);
      assert.equal(drawn.filter((name) => name.startsWith('cross')).length, 1);
      assert.ok(named(chosen).every((name) => !drawn.includes(name)));
    }
  });

  it('are the same for a seed, others for others, and every other head has its turn', () => {
    assert.deepEqual(drawHeads(all, chosen, 3), drawHeads(all, chosen, 3));
    const seen = new Set<string>();
    for (let seed = 1; seed <= 60; seed++)
      for (const name of named(drawHeads(all, chosen, seed))) seen.add(name);
    assert.equal(seen.size, all.length - chosen.length);
  });

  it('are none where a stack has too few others', () => {
    assert.equal(drawHeads([head(0), head(1), head(2)], [head(0), head(1)], 1), null);
  });
});

describe('words of a sentence', () => {
  it('are found whole, upper and lower case alike, the first or the last', () => {
    const text = 'It bit the iT, quite.';
    assert.deepEqual(findWord(text, 'it', 'first'), [0, 2]);
    assert.deepEqual(findWord(text, 'it', 'last'), [11, 13]);
    assert.equal(findWord(text, 'qui', 'last'), null);
    assert.deepEqual(findWord('a (b) c', '(b)', 'first'), [2, 5]);
    assert.deepEqual(findWord("parce qu'elle est", 'elle', 'last'), [9, 13]);
    assert.deepEqual(findWord('因为它太累了', '它', 'last'), [2, 3]);
  });

  it('end with the last word, not with a sign', () => {
    assert.deepEqual(lastWord('so old …!'), [3, 6]);
    assert.deepEqual(lastWord("It didn't."), [3, 9]);
    assert.equal(lastWord('…'), null);
  });

  it('tell which of two stands later', () => {
    assert.equal(laterWord("Il dit qu'elle dort", ['il', 'elle']), 1);
    assert.equal(laterWord('Il dort', ['il', 'elle']), 0);
    assert.equal(laterWord('On dort', ['il', 'elle']), null);
  });

  it('may be several tokens', () => {
    const tokens = [{ span: null }, { span: [0, 3] }, { span: [4, 7] }, { span: [7, 9] }] as const;
    const made = tokens.map(({ span }) => ({ span: span && ([...span] as [number, number]) }));
    assert.deepEqual(tokensAt(made, [4, 9]), { first: 2, last: 3 });
    assert.equal(tokensAt(made, [20, 22]), null);
  });
});
