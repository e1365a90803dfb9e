// Sums over heads, and logits as sums over all parts of a stack, on every small reference model.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { directHooks, directShares, type DirectShares } from '../../../src/analysis/directPath';
import { headVectors } from '../../../src/analysis/headVectors';
import { norm } from '../../../src/analysis/vectors';
import { outputDirection, whyNoDirection } from '../../../src/engine/studies/outputDirection';
import { PreNormBlock } from '../../../src/transformer/blocks/preNormBlock';
import { hookNames } from '../../../src/transformer/hookNames';
import type { HookName } from '../../../src/transformer/probe';
import { Stack } from '../../../src/transformer/stack';
import { Transformer } from '../../../src/transformer/transformer';
import { tokenBatch } from '../../../src/transformer/sequence';
import { Weights } from '../../../src/transformer/weights';
import { maxAbs } from '../../support/reference';
import { describeModels } from '../transformer/smallModels';
import { IDS, smallPass, type SmallPass } from '../transformer/smallPass';

const folders = ['reference', 'variants'].flatMap((room) =>
  readdirSync(`test/fixtures/${room}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${room}/${name}`),
);

const TOKEN = 3;
/** Known to the smallest vocabulary too. */
const target = tokenBatch([IDS.slice(2)]);
/** Heads' vectors and the sub-layer's output are both sums of a few dozen float32 products. */
const VECTORS = 1e-5;
/** Of a logit, which passed as many float32 sums as there are layers. */
const LOGITS = 1e-4;

/** The row of a token, `[width]`. */
const rowsOf =
  ({ values, shapes }: SmallPass, token: number) =>
  (name: HookName): Float32Array => {
    const [, , ...rest] = shapes.get(name)!;
    const width = rest.reduce((product, size) => product * size, 1);
    return values.get(name)!.subarray(token * width, (token + 1) * width);
  };

const sumOf = (shares: DirectShares): number =>
  [...shares.self, ...shares.cross, shares.feedForward]
    .flatMap((layer) => [...layer])
    .reduce(
      (sum, share) => sum + share,
      shares.embedding + shares.attentionBiases + shares.constant,
    );

/** The likeliest token and its logit at a place. */
function likeliest({ logits, states, width }: SmallPass): { id: number; logit: number } {
  const vocabulary = logits.length / (states.length / width);
  const row = [...logits.subarray(TOKEN * vocabulary, (TOKEN + 1) * vocabulary)];
  const logit = Math.max(...row);
  return { id: row.indexOf(logit), logit };
}

async function checkLogit(model: Transformer): Promise<void> {
  const half = model.decoder ? 'decoder' : 'encoder';
  const stack = model[half]!;
  const names = new Set(directHooks(stack, hookNames(model.config)));
  const pass = await smallPass(model, { target, sees: (name) => names.has(name) });
  const { id, logit } = likeliest(pass);
  const { direction, bias } = outputDirection(model, id);
  const shares = directShares(stack, direction, rowsOf(pass, TOKEN));
  const { layers, heads } = stack.config;
  assert.equal(shares.self.length, layers);
  assert.ok(shares.self.every(({ length }) => length === heads));
  assert.equal(shares.cross.length, model.architecture === 'encoderDecoder' ? layers : 0);
  assert.equal(shares.feedForward.length, layers);
  const difference = Math.abs(sumOf(shares) + bias - logit);
  assert.ok(difference <= LOGITS * Math.max(1, Math.abs(logit)), `${difference} off ${logit}`);
  // No part may be the sum in disguise.
  const heads0 = shares.self[0]!.map(Math.abs);
  assert.ok(Math.max(...heads0) > 0);
}

describeModels('shares of a sub-layer and of a logit', folders, (model) => {
  it('vectors of heads and b_O add up to what every attention adds', async () => {
    const sees = (name: HookName): boolean => /attn(_out|\.z)$/.test(name);
    const pass = await smallPass(model(), { target, sees });
    const row = rowsOf(pass, TOKEN);
    let seen = 0;
    for (const stack of [model().encoder, model().decoder]) {
      for (const { name, parts } of stack?.parts.blocks ?? []) {
        for (const [point, sub] of [
          ['attn', parts.self],
          ['cross_attn', parts.cross],
        ] as const) {
          if (!sub) continue;
          const { projections, shape } = sub.attention;
          const added = headVectors(row(`${name}.${point}.z`), projections.output, shape.heads);
          const output = row(`${name}.${point}_out`);
          assert.equal(added.heads.length, shape.heads);
          assert.ok(maxAbs(added.sum, output) <= VECTORS * Math.max(1, norm(output)));
          seen++;
        }
      }
    }
    assert.ok(seen > 0);
  });

  it('parts of the last stack add up to the logit of a token, or there is a reason', async () => {
    const whole = model();
    const half = whole.decoder ? 'decoder' : 'encoder';
    const { task, transform } = whole.config.head ?? { task: null, transform: null };
    const says = task === 'nextToken' || task === 'maskedToken';
    const expected = says ? (transform ? 'nonLinear' : null) : 'noTokens';
    assert.equal(whyNoDirection(whole, half), expected);
    if (says && whole.architecture === 'encoderDecoder')
      assert.equal(whyNoDirection(whole, 'encoder'), 'readByDecoder');
    if (expected === null) await checkLogit(whole);
  });
});

describeModels(
  'shares where the stream itself is normalised',
  ['variants/bloom-3heads-untied'],
  (model) => {
    it('add up to the logit as well', async () => {
      const { config, decoder, head } = model();
      const { kind, prefix, parts } = decoder!;
      const normed = { ...decoder!.config, residualIsNormed: true };
      const blocks = parts.blocks.map((block) => new PreNormBlock(block.parts, block.name, true));
      const stack = new Stack(kind, prefix, normed, { ...parts, blocks }, null);
      const none = () => Promise.reject(new Error());
      const nothing = new Weights({ names: new Set(), read: none, readRows: none });
      await checkLogit(new Transformer({ ...config, decoder: normed }, null, stack, head, nothing));
    });
  },
);
