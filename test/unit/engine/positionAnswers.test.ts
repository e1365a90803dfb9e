import assert from 'node:assert/strict';
import { answer } from '../../../src/engine/answer';
import type { Answer } from '../../../src/protocol/queries';
import { numbersOf } from '../../../src/protocol/wireTensor';
import type { StackConfig } from '../../../src/transformer/config';
import { HEADS, LAYERS, madeTrace } from '../../support/madeTrace';
import { tokenOf } from '../../support/traceParts';
import { useWasm } from '../../support/wasm';

const COUNT = 7;
const SOURCE = Array.from({ length: COUNT }, (_, id) => tokenOf(`t${id}`, { id }));

/** Of a stack only what positions are asked for. */
const stackWith = (positions: StackConfig['positions']): StackConfig =>
  ({ heads: HEADS, positions }) as Partial<StackConfig> as StackConfig;

describe('positions that are not added to embeddings', () => {
  before(useWasm);

  it('rotation: frequencies of the pairs, and what distances make of them', () => {
    const config = stackWith({
      kind: 'rotary',
      dimensions: 4,
      interleaved: false,
      base: 100,
      scaling: { kind: 'default' },
      trained: 64,
    });
    const made = madeTrace(SOURCE, {}, { stackConfig: (s) => (s === 'decoder' ? config : null) });
    const { frequencies, factor, cosines, similarity } = answer(made.trace, {
      name: 'rotation',
      question: { from: 1, to: 4 },
    }) as Answer<'rotation'>;
    assert.deepEqual([...numbersOf(frequencies)], [1, Math.fround(0.1)]);
    assert.equal(factor, 1);
    assert.deepEqual(cosines.shape, [3, 2]);
    for (const [i, one] of numbersOf(similarity).entries()) {
      const wanted = (Math.cos(i + 1) + Math.cos(0.1 * (i + 1))) / 2;
      assert.ok(Math.abs(one - wanted) < 1e-6);
    }
    const bias = { name: 'positionBias', question: { stack: 'decoder' } } as const;
    assert.throws(() => answer(made.trace, bias), /trace\.noPositionBias/);
    made.dispose();
  });

  it('ALiBi: slope · distance, 0 at the query’s own key', () => {
    const config = stackWith({ kind: 'alibi', trained: null });
    const made = madeTrace(SOURCE, {}, { stackConfig: (s) => (s === 'decoder' ? config : null) });
    const { first, bias, slopes, buckets } = answer(made.trace, {
      name: 'positionBias',
      question: { stack: 'decoder' },
    }) as Answer<'positionBias'>;
    assert.deepEqual([first, bias.shape, buckets], [1 - COUNT, [HEADS, COUNT], null]);
    const each = [...numbersOf(slopes!)];
    assert.deepEqual(each, [0.25, 0.0625, 0.015625, 0.00390625]);
    const numbers = numbersOf(bias);
    for (const [head, slope] of each.entries())
      for (let i = 0; i < COUNT; i++)
        assert.equal(numbers[head * COUNT + i], Math.fround(slope * (first + i)));
    const rotation = { name: 'rotation', question: { from: 0, to: 2 } } as const;
    assert.throws(() => answer(made.trace, rotation), /trace\.noRotation/);
    made.dispose();
  });

  it('relative bias: of each bucket, both ways in an encoder', () => {
    const config = stackWith({
      kind: 'relativeBias',
      buckets: 8,
      maxDistance: 16,
      bidirectional: true,
    });
    const table = Float32Array.from({ length: 8 * HEADS }, (_, i) => i);
    const made = madeTrace(
      SOURCE,
      {
        architecture: 'encoder',
        layers: { encoder: LAYERS, decoder: 0 },
        heads: { encoder: HEADS, decoder: 0 },
      },
      {
        stackConfig: (s) => (s === 'encoder' ? config : null),
        relativeBiasTable: () => table,
      },
    );
    const { first, bias, slopes, buckets } = answer(made.trace, {
      name: 'positionBias',
      question: { stack: 'encoder' },
    }) as Answer<'positionBias'>;
    const width = 2 * COUNT - 1;
    assert.deepEqual([first, bias.shape, slopes], [1 - COUNT, [HEADS, width], null]);
    assert.equal(buckets![COUNT - 1], 0, 'distance 0');
    assert.equal(buckets![COUNT], 5, 'one ahead');
    assert.equal(buckets![COUNT - 2], 1, 'one back');
    for (const [i, bucket] of buckets!.entries())
      assert.equal(numbersOf(bias)[2 * width + i], bucket * HEADS + 2);
    made.dispose();
  });
});
