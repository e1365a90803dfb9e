// Each step of attention is recomputed from the one before it, in float64, and meets the model's own.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import type { Answer } from '../../../../src/protocol/queries';
import { stacksOf } from '../../../../src/protocol/stacks';
import { numbersOf, type WireTensor } from '../../../../src/protocol/wireTensor';
import { useWasm } from '../../../support/wasm';
import { openTrace, type OpenedTrace } from './stepsTrace';

const FOLDERS = [
  'media/models/translate-en',
  ...['aiayn', 'marian', 'bart', 'bert', 'albert', 'gpt2', 'gpt_neo', 'gptj', 'gpt_neox'].map(
    (name) => `test/fixtures/reference/${name}`,
  ),
  ...['llama', 'mistral', 'qwen3', 't5'].map((name) => `test/fixtures/reference/${name}`),
  'test/fixtures/models/stories-alibi',
  'test/fixtures/models/copy-relative',
];

const of = (tensor: WireTensor): number[] => [...numbersOf(tensor)];
const add = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x + b[i]!);
const sum = (a: readonly number[]): number => a.reduce((total, x) => total + x, 0);
const near = (
  a: readonly number[],
  b: readonly number[],
  tolerance: number,
  what: string,
): void => {
  assert.equal(a.length, b.length, what);
  for (const [i, x] of a.entries())
    assert.ok(Math.abs(x - b[i]!) <= tolerance, `${what} ${i}: ${x} beside ${b[i]}`);
};

/** What a residual sum may differ: 1e-5 of numbers of size 1. */
const residualTolerance = (values: readonly number[]): number =>
  1e-5 * Math.max(1, ...values.map(Math.abs));

type Place = { stack: 'encoder' | 'decoder' | 'cross'; layer: number; head: number; query: number };

async function check(opened: OpenedTrace, place: Place): Promise<Answer<'steps'>> {
  const steps = await opened.steps({ ...place, key: null });
  const count = steps.weights.shape[0]!;
  const vectors = await opened.vectors({ ...place, from: 0, to: count });
  const { seen, scale } = steps;
  const width = steps.query.shape[0]!;
  const row = (tensor: WireTensor, key: number): number[] =>
    of(tensor).slice(key * width, (key + 1) * width);
  const query = of(steps.turnedQuery ?? steps.query);
  assert.ok(
    Math.abs(steps.outputNorm - Math.hypot(...of(steps.output))) <= 1e-5 * steps.outputNorm,
  );
  const [scores, weights, bias] = [
    of(steps.scores),
    of(steps.weights),
    steps.bias && of(steps.bias),
  ];
  // Scores from q and k, position bias beside; hidden keys have a product, and weigh nothing.
  for (let key = 0; key < count; key++) {
    const products = row(vectors.keys, key).map((k, c) => k * query[c]!);
    const size = sum(products.map(Math.abs));
    assert.ok(Math.abs(sum(products) - of(steps.raw)[key]!) <= 1e-6 * size);
    if (key < seen.first || key > seen.last) {
      assert.equal(weights[key], 0);
      continue;
    }
    const score = sum(products) * scale + (bias?.[key] ?? 0);
    const tolerance = 1e-6 * (size * scale + Math.abs(bias?.[key] ?? 0));
    assert.ok(Math.abs(score - scores[key]!) <= tolerance, `score ${key}: ${score} ${scores[key]}`);
    const weight = Math.exp(scores[key]! - steps.softmax.largest) / steps.softmax.sum;
    assert.ok(Math.abs(weight - weights[key]!) <= 1e-6);
  }
  assert.ok(Math.abs(sum(weights) - 1) <= 1e-6);
  assert.equal(weights[steps.key], Math.max(...weights));
  const products = row(vectors.keys, steps.key).map((k, c) => k * query[c]!);
  near(of(steps.products), products, 1e-6 * scaleOf(products), 'q_c k_c');
  // z as the mixture of the values.
  let mixed = Array.from({ length: width }, () => 0);
  for (let key = 0; key < count; key++) mixed = add(mixed, row(vectors.weighted, key));
  const heads = of(steps.heads);
  near(
    mixed,
    heads.slice(place.head * width, (place.head + 1) * width),
    1e-6 * scaleOf(mixed),
    'z',
  );
  for (let key = 0; key < count; key++) {
    const size = Math.sqrt(sum(row(vectors.values, key).map((x) => (x * weights[key]!) ** 2)));
    assert.ok(Math.abs(size - of(steps.sizes)[key]!) < 1e-5);
  }
  // The residual sum.
  const { stream, feedForward, sum: total, normed } = steps.residual;
  let summed = add(of(stream), of(steps.output));
  if (feedForward) summed = add(summed, of(feedForward));
  near(summed, of(total), residualTolerance(summed), 'residual');
  if (normed) assert.notDeepEqual(of(normed), of(total));
  const { differences: d } = steps;
  const allowed = residualTolerance([
    ...of(steps.query),
    ...of(steps.keyVector),
    ...of(steps.value),
  ]);
  assert.ok(d.vectors <= allowed, `q, k, v: ${d.vectors}`);
  assert.ok(d.weights <= 1e-6 && d.mixture <= 1e-6 * scaleOf(mixed), JSON.stringify(d));
  assert.ok(d.output <= residualTolerance(of(steps.output)), `output: ${d.output}`);
  assert.ok(d.sum <= residualTolerance(summed), `sum: ${d.sum}`);
  return steps;
}

const scaleOf = (values: readonly number[]): number => Math.max(1, ...values.map(Math.abs));

describe('attention, step by step', function () {
  this.timeout(120_000);
  before(useWasm);

  for (const folder of FOLDERS)
    describe(folder, () => {
      let opened: OpenedTrace;
      let tensors = 0;
      before(async () => {
        opened = await openTrace(folder);
        tensors = tf.memory().numTensors;
      });
      after(() => opened.model.dispose());

      it('every step follows from the one before, in every stack', async () => {
        const { model, trace } = opened;
        for (const stack of stacksOf(trace.architecture)) {
          const { layers, heads } = model.stackConfig(stack === 'encoder' ? 'encoder' : 'decoder')!;
          const queries = stack === 'encoder' || trace.architecture === 'decoder' ? 8 : 5;
          for (const layer of new Set([0, layers - 1]))
            for (const head of new Set([0, heads - 1]))
              for (const query of [0, 3, queries - 1])
                await check(opened, { stack, layer, head, query });
        }
        assert.equal(tf.memory().numTensors, tensors, 'no tensor is left');
      });

      it('what a number is made of adds up to it', async () => {
        const { model, trace } = opened;
        const numbers = ['query', 'key', 'value', 'turnedQuery', 'turnedKey'] as const;
        const rest = ['product', 'mixture', 'share', 'output', 'sum'] as const;
        for (const stack of stacksOf(trace.architecture)) {
          const { heads } = model.stackConfig(stack === 'encoder' ? 'encoder' : 'decoder')!;
          const place = { stack, layer: 1, head: heads - 1, query: 3, key: 2 };
          const steps = await opened.steps(place);
          const own: Record<string, WireTensor | null> = {
            query: steps.query,
            key: steps.keyVector,
            value: steps.value,
            turnedQuery: steps.turnedQuery,
            turnedKey: steps.turnedKey,
            share: steps.share,
            output: steps.output,
            sum: steps.residual.sum,
          };
          for (const number of [...numbers, ...rest])
            for (const dimension of [0, 3, 5]) {
              if (number.startsWith('turned') && steps.turnedQuery === null) continue;
              const made = await opened.madeOf({ ...place, number, dimension });
              const listed = sum(made.terms.map(({ value }) => value));
              assert.ok(Math.abs(listed + made.rest.sum + (made.bias ?? 0) - made.sum) < 1e-9);
              const tolerance = residualTolerance(made.terms.map(({ value }) => value));
              if (!made.normed)
                assert.ok(
                  Math.abs(made.sum - made.value) <= tolerance,
                  `${stack} ${number} ${dimension}: ${made.sum} beside ${made.value}`,
                );
              const shown = own[number];
              if (shown) assert.equal(Math.fround(made.value), of(shown)[dimension]);
              for (const { left, right, value } of made.terms)
                if (left !== null && right !== null)
                  assert.ok(Math.abs(left * right - value) < 1e-9 * Math.max(1, Math.abs(value)));
              const sizes = made.terms.map(({ value }) => Math.abs(value));
              assert.deepEqual(
                sizes,
                [...sizes].sort((a, b) => b - a),
              );
            }
        }
        assert.equal(tf.memory().numTensors, tensors, 'no tensor is left');
      });
    });

  it('content and position add up where they are added and read as they are', async () => {
    for (const name of ['aiayn', 'marian']) {
      const { model, steps } = await openTrace(`test/fixtures/reference/${name}`);
      for (const stack of ['encoder', 'decoder'] as const) {
        const place = { stack, head: 1, query: 4, key: 2 };
        const first = await steps({ ...place, layer: 0 });
        const { parts } = first;
        assert.ok(parts.kind === 'added');
        const { contentContent, contentPosition, positionContent, positionPosition } = parts;
        const all = [contentContent, contentPosition, positionContent, positionPosition];
        const total = sum(all) + (parts.biases ?? 0);
        const size = sum(of(first.products).map(Math.abs)) * first.scale;
        assert.ok(Math.abs(total - of(first.scaled)[2]!) < 1e-5 * Math.max(1, size));
        for (const part of all) assert.ok(Math.abs(part) > 1e-6, 'each has a share');
        const next = await steps({ ...place, layer: 1 });
        assert.deepEqual(next.parts, { kind: 'mixed', why: 'layers' });
      }
      const across = { stack: 'cross', layer: 0, head: 0, query: 1, key: 2 } as const;
      const { parts } = await steps(across);
      assert.deepEqual(parts, { kind: 'mixed', why: 'cross' });
      model.dispose();
    }
  });

  it('tells position biases apart on every layer, turns from products, and norms that mix', async () => {
    const at = (stack: 'encoder' | 'decoder', layer: number) => ({
      stack,
      layer,
      head: 1,
      query: 5,
      key: 2,
    });
    for (const [folder, stack] of [
      ['test/fixtures/models/stories-alibi', 'decoder'],
      ['test/fixtures/reference/t5', 'encoder'],
      ['test/fixtures/reference/t5', 'decoder'],
    ] as const) {
      const { model, steps } = await openTrace(folder, [5, 17, 33, 41, 9, 28, 44, 17]);
      for (const layer of [0, 1]) {
        const query = stack === 'decoder' && folder.endsWith('t5') ? 4 : 5;
        const question = { ...at(stack, layer), query };
        const { parts, scores } = await steps(question);
        assert.ok(parts.kind === 'bias' && parts.position !== 0);
        assert.ok(Math.abs(parts.content + parts.position - of(scores)[2]!) < 1e-4);
      }
      model.dispose();
    }
    const llama = await openTrace('test/fixtures/reference/llama');
    const turned = await llama.steps(at('decoder', 1));
    assert.ok(turned.parts.kind === 'turned' && turned.parts.unturned !== turned.parts.turned);
    assert.ok(Math.abs(turned.parts.turned - of(turned.scores)[2]!) < 1e-5);
    llama.model.dispose();
    const gpt2 = await openTrace('test/fixtures/reference/gpt2');
    assert.deepEqual((await gpt2.steps(at('decoder', 0))).parts, { kind: 'mixed', why: 'norm' });
    gpt2.model.dispose();
  });

  it('says what a mask hides, the window of mistral too, and refuses what is not there', async () => {
    const { model, steps } = await openTrace('test/fixtures/reference/mistral');
    const question = { stack: 'decoder', layer: 0, head: 0, query: 6, key: null } as const;
    const { seen, weights } = await steps(question);
    const window = model.summary.windows[0]!;
    assert.deepEqual(seen, { first: Math.max(0, 6 - window + 1), last: 6 });
    assert.ok(of(weights)[seen.first]! > 0);
    const refused = (more: object, code: RegExp) =>
      assert.rejects(steps({ ...question, ...more }), code);
    await refused({ layer: 99 }, /trace\.noLayer/);
    await refused({ head: 99 }, /trace\.noHead/);
    await refused({ query: 99 }, /trace\.noToken/);
    await refused({ key: 99 }, /trace\.noToken/);
    await refused({ stack: 'cross' }, /trace\.noStack/);
    model.dispose();
  });

  it('the norm after a post-norm sum is what the next sub-layer adds to', async () => {
    const { model, steps } = await openTrace('test/fixtures/reference/marian');
    const place = { layer: 1, head: 0, query: 2, key: null };
    const self = await steps({ stack: 'decoder', ...place });
    const cross = await steps({ stack: 'cross', ...place });
    near(of(self.residual.normed!), of(cross.residual.stream), 0, 'after self-attention');
    near(of(cross.x), of(cross.residual.stream), 0, 'what W_Q reads');
    model.dispose();
  });
});
