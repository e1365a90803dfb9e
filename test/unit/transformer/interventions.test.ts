// Probes that change values: what they change, and what they leave.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { composedProbes } from '../../../src/transformer/interventions/composedProbes';
import { otherQuery } from '../../../src/transformer/interventions/otherQuery';
import { unscaledEmbedding } from '../../../src/transformer/interventions/unscaledEmbedding';
import { Rotation } from '../../../src/transformer/positions/rotary';
import { noProbe, type HookName, type Probe } from '../../../src/transformer/probe';
import { GatherProbe } from '../../support/gatherProbe';
import { maxAbs } from '../../support/reference';
import { describeModels } from './smallModels';
import { IDS, smallPass, WRITTEN } from './smallPass';

const references = (...names: string[]): string[] => names.map((name) => `reference/${name}`);
const [TOKEN, FROM] = [4, 1];

describeModels('another token’s query', references('marian', 't5', 'bert', 'llama'), (model) => {
  const stack = () => (model().decoder ?? model().encoder)!;
  const crosses = (): boolean => model().architecture === 'encoderDecoder';
  const name = (): HookName =>
    `${stack().parts.blocks[0]!.name}.${crosses() ? 'cross_attn' : 'attn'}`;
  const sees = (one: HookName): boolean => one.startsWith(`${name()}.`);

  for (const heads of [null, new Set([2])])
    it(heads ? 'in one head' : 'in all heads', async () => {
      const plain = await smallPass(model(), { sees });
      const probe = otherQuery(new Set([name()]), heads, TOKEN, FROM);
      const told = await smallPass(model(), { sees, probe });
      const { heads: count, headWidth: d } = stack().config;
      const at = (point: string, pass: typeof plain): Float32Array =>
        pass.values.get(`${name()}.${point}`)!;
      const wanted = at('hook_q', plain).map((one, i, all) => {
        const [row, head] = [Math.floor(i / (count * d)), Math.floor(i / d) % count];
        const moved = row === TOKEN && (heads?.has(head) ?? true);
        return moved ? all[i + (FROM - TOKEN) * count * d]! : one;
      });
      assert.deepEqual(at('hook_q', told), wanted);
      assert.deepEqual(at('hook_k', told), at('hook_k', plain));
      assert.deepEqual(at('hook_v', told), at('hook_v', plain));
      assert.ok(maxAbs(told.states, plain.states) > 1e-4);
      if (heads || !(crosses() || model().encoder)) return;
      // Where all may see all and nothing biases scores, it sees what the other sees.
      const row = (pass: typeof plain, place: number): Float32Array =>
        at('z', pass).subarray(place * count * d, (place + 1) * count * d);
      assert.deepEqual(row(told, TOKEN), row(plain, FROM));
    });
});

describeModels('another token’s query, turned', references('llama', 'gptj'), (model) => {
  it('is turned by the token’s own place', async () => {
    const name = 'blocks.1.attn';
    const sees = (one: HookName): boolean => one.startsWith(`${name}.hook_`);
    const probe = otherQuery(new Set([name]), null, TOKEN, FROM);
    const plain = (await smallPass(model(), { sees })).values.get(`${name}.hook_q`)!;
    const told = (await smallPass(model(), { sees, probe })).values.get(`${name}.hook_rot_q`)!;
    const { positions, heads, headWidth } = model().decoder!.config;
    assert.ok(positions.kind === 'rotary');
    const width = heads * headWidth;
    const rotation = Rotation.at(Int32Array.of(TOKEN), positions, headWidth);
    const wanted = tf.tidy(() => {
      const query = tf.tensor2d(plain.subarray(FROM * width, (FROM + 1) * width), [1, width]);
      return rotation.apply(query, heads).dataSync<'float32'>().slice();
    });
    rotation.dispose();
    const turned = told.subarray(TOKEN * width, (TOKEN + 1) * width);
    assert.ok(maxAbs(turned, wanted) <= 1e-6, String(maxAbs(turned, wanted)));
  });
});

describeModels('embeddings without their factor', references('aiayn', 'marian'), (model) => {
  for (const side of ['encoder', 'decoder'] as const)
    it(`are rows of the table (${side})`, async () => {
      const { parts, config } = model()[side]!;
      const { scale } = config.embedding;
      assert.ok(scale > 1);
      const names = [`${side}.embed`, `${side}.pos_embed`];
      const sees = (name: HookName): boolean => names.includes(name);
      const probe = unscaledEmbedding(`${side}.embed`, scale);
      const [plain, told] = [
        await smallPass(model(), { sees }),
        await smallPass(model(), { sees, probe }),
      ];
      const ids = Int32Array.from(side === 'encoder' ? IDS : WRITTEN);
      const rows = tf.tidy(() => parts.embeddings.tokens.rows(ids).dataSync<'float32'>());
      assert.ok(maxAbs(told.values.get(names[0]!)!, rows) <= 1e-6);
      assert.deepEqual(told.values.get(names[1]!), plain.values.get(names[1]!));
      assert.ok(maxAbs(told.states, plain.states) > 1e-3);
    });
});

describeModels('composed probes', references('bert'), (model) => {
  const point = 'blocks.0.attn.z';
  const only = (change: (value: tf.Tensor) => tf.Tensor): Probe =>
    new GatherProbe(
      (name) => name === point,
      (_, value) => change(value),
    );

  it('each sees what the one before made of a value', async () => {
    const plain = await smallPass(model(), { sees: (name) => name === point });
    const first = new GatherProbe((name) => name === point);
    const twice = only((value) => tf.mul(value, 2));
    const more = only((value) => tf.add(value, 1));
    const { values } = await smallPass(model(), {
      probe: composedProbes([first, twice, noProbe, more]),
      sees: (name) => name === point,
    });
    const trained = plain.values.get(point)!;
    assert.deepEqual(first.values.get(point), trained);
    assert.deepEqual(
      values.get(point),
      trained.map((one) => Math.fround(Math.fround(2 * one) + 1)),
    );
  });

  it('show a probe only what it wants, and ask for no more', async () => {
    const shown = new GatherProbe((name) => name === point);
    const composed = composedProbes([shown, new GatherProbe((name) => name.endsWith('pattern'))]);
    assert.equal(composed.wants('blocks.0.attn.scores'), false);
    await smallPass(model(), { probe: composed });
    assert.deepEqual([...shown.values.keys()], [point]);
  });

  it('that only look leave the run byte for byte the same', async () => {
    const looks = (): Probe => new GatherProbe(() => true);
    const { states, logits } = await smallPass(model(), {
      probe: composedProbes([looks(), looks()]),
    });
    const plain = await smallPass(model());
    assert.deepEqual(states, plain.states);
    assert.deepEqual(logits, plain.logits);
  });
});
