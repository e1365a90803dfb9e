import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describeVariants } from '../../support/kernelDesk';
import { type AttentionSize, madeAttention, plainAttention } from './attentionCase';
import { circumstances, computed, type KernelCase, obeysLaws, RUNS, seeds } from './kernelCase';

const sizes: fc.Arbitrary<AttentionSize> = fc.record({
  sequences: fc.integer({ min: 1, max: 2 }),
  keyHeads: fc.integer({ min: 1, max: 2 }),
  sharing: fc.integer({ min: 1, max: 3 }),
  width: fc.integer({ min: 1, max: 20 }),
  past: fc.integer({ min: 0, max: 18 }),
  queries: fc.integer({ min: 1, max: 11 }),
  spare: fc.integer({ min: 0, max: 2 }),
  causal: fc.boolean(),
  masked: fc.boolean(),
  bias: fc.constantFrom('none' as const, 'row' as const, 'matrix' as const),
});

describeVariants('attention', (desk) => {
  it('attend is softmax(scale · q · k + bias + mask), and its mean of the values', () => {
    fc.assert(
      fc.property(sizes, seeds, circumstances, (size, seed, how) => {
        const made = madeAttention(size, seed);
        obeysLaws(desk, { ...made.attend, wanted: plainAttention(size, made) }, how);
      }),
      RUNS,
    );
  });

  it('scores, softmax and mix give the bytes of attend', () => {
    fc.assert(
      fc.property(sizes, seeds, circumstances, (size, seed, how) => {
        const made = madeAttention(size, seed);
        const { pattern, z } = computed(desk, made.attend);
        // Unfused, a causal model masks what attend leaves out.
        const { scores } = computed(desk, made.scores(size.causal));
        obeysLaws(desk, made.scores(size.causal), how);
        const rows = softmaxOf(scores!, made.length);
        assert.deepEqual(bytesOf(computed(desk, rows)['out']!), bytesOf(pattern!));
        const mix = made.mix(pattern!);
        obeysLaws(desk, mix, how);
        assert.deepEqual(bytesOf(computed(desk, mix)['z']!), bytesOf(z!));
      }),
      RUNS,
    );
  });

  it('gives a query alone the bytes that it has among others', () => {
    fc.assert(
      fc.property(sizes, seeds, fc.nat(), (size, seed, nth) => {
        const one = { ...size, sequences: 1, masked: false, bias: 'none' as const };
        const query = nth % one.queries;
        const made = madeAttention(one, seed);
        const all = computed(desk, made.attend);
        const alone = computed(desk, made.step(query));
        const heads = one.keyHeads * one.sharing;
        const { length } = made;
        // A causal step has no keys behind its own.
        const seen = one.causal ? one.past + query + 1 : length;
        const ofQuery = Array.from({ length: heads }, (_, head) => {
          const at = (head * one.queries + query) * length;
          return [...all['pattern']!.slice(at, at + seen)];
        });
        assert.deepEqual([...alone['pattern']!], ofQuery.flat());
        const width = heads * one.width;
        const z = all['z']!.slice(query * width, (query + 1) * width);
        assert.deepEqual(alone['z'], z);
      }),
      RUNS,
    );
  });
});

function softmaxOf(x: Float32Array, columns: number): KernelCase<'softmax'> {
  return {
    kernel: 'softmax',
    inputs: { x },
    outputs: { out: x.byteLength },
    units: x.length / columns,
    args: (at) => [at['x']!, at['out']!, columns],
    wanted: {},
  };
}

const bytesOf = (numbers: Float32Array): Uint32Array => new Uint32Array(numbers.buffer);
