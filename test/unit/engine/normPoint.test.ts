// Where norms and feed-forward networks read, on every small reference model: what they make of it is what the model made.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import type { HookValue } from '../../../src/engine/replay/replay';
import { feedForwardRead, normAt } from '../../../src/engine/studies/normPoint';
import { normedRows } from '../../../src/engine/studies/normedRow';
import { noProbe } from '../../../src/transformer/probe';
import type { Stack } from '../../../src/transformer/stack';
import { tokenBatch } from '../../../src/transformer/sequence';
import { maxAbs } from '../../support/reference';
import { describeModels } from '../transformer/smallModels';
import { IDS, smallPass, type SmallPass } from '../transformer/smallPass';

const folders = ['reference', 'variants'].flatMap((room) =>
  readdirSync(`test/fixtures/${room}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${room}/${name}`),
);

const target = tokenBatch([IDS.slice(2)]);
/** The same float32 operations on the same rows, perhaps in another order. */
const TOLERANCE = 1e-6;

const valueAt = ({ values, shapes }: SmallPass, name: string): HookValue => ({
  shape: shapes.get(name)!.slice(1),
  numbers: values.get(name)!,
});

/** Hooks behind the norms of a block. */
function normsOf({ config, parts }: Stack, layer: number) {
  const { cross } = parts.blocks[layer]!.parts;
  if (config.normPlacement === 'post') return [['feedForward', 'normalized_resid_post']] as const;
  return [
    ['attention', 'ln1'],
    ...(parts.blocks[layer]!.parts.feedForwardNorm ? [['feedForward', 'ln2'] as const] : []),
    ...(cross ? [['cross', 'ln_cross'] as const] : []),
  ] as const;
}

describeModels('what norms and networks read', folders, (model) => {
  it('norms: what follows them in the model', async () => {
    const pass = await smallPass(model(), { target, sees: (name) => /blocks\./.test(name) });
    for (const half of ['encoder', 'decoder'] as const) {
      const stack = model()[half];
      for (const [layer, block] of stack?.parts.blocks.entries() ?? []) {
        for (const [which, behind] of normsOf(stack!, layer)) {
          const { norm, input } = normAt(model(), half, layer, which);
          const made = normedRows(norm, valueAt(pass, input).numbers, stack!.config.dModel);
          const expected = pass.values.get(`${block.name}.${behind}`)!;
          assert.ok(maxAbs(made, expected) <= TOLERANCE, `${block.name}.${behind}`);
        }
      }
    }
  });

  it('networks: tokens in reverse order give the same outputs in reverse order', async () => {
    const pass = await smallPass(model(), { target, sees: (name) => /blocks\./.test(name) });
    let largest = 0;
    for (const half of ['encoder', 'decoder'] as const) {
      for (const [layer, block] of model()[half]?.parts.blocks.entries() ?? []) {
        const read = feedForwardRead(model(), half, layer);
        const value = valueAt(pass, read.input);
        const [length = 0, width = 0] = value.shape;
        const back = tf.tidy(() => {
          const reversed = tf.reverse(tf.tensor2d(read.inputs(value), [length, width]), 0);
          const { feedForward } = block.parts;
          const made = feedForward.apply(reversed, { batch: 1, length }, noProbe, 'mlp');
          return tf.reverse(made, 0).dataSync<'float32'>();
        });
        const expected = pass.values.get(`${block.name}.mlp_out`)!;
        const size = expected.reduce((most, number) => Math.max(most, Math.abs(number)), 1);
        largest = Math.max(largest, maxAbs(back, expected) / size);
      }
    }
    assert.ok(largest <= TOLERANCE, String(largest));
  });
});
