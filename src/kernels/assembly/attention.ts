import {
  BLOCK,
  blocksOf,
  dotProducts,
  finishScores,
  scratchOf,
  scratchStride,
  weightedValues,
} from './attentionBlock';
import { keysOf, patternRowOf, rowOf, valuesOf } from './layout';
import { softmaxRow } from './softmax';

/**
 * Scaled dot-product attention (Vaswani et al. 2017, section 3.2.1): `pattern` and `z`; arguments as
 * kernelArguments.ts explains them. Units: blocks of four queries. Keys that no query of the block sees are
 * neither computed nor mixed: they would weigh exactly 0, and c + 0 · v is c.
 */
export function attend(
  query: usize,
  keys: usize,
  values: usize,
  pattern: usize,
  z: usize,
  scratch: usize,
  queries: i32,
  length: i32,
  capacity: i32,
  heads: i32,
  sharing: i32,
  width: i32,
  scale: f32,
  causalOffset: i32,
  masks: usize,
  biases: usize,
  biasStride: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const blocks = blocksOf(queries);
  const scores = scratchOf(scratch, thread, length);
  const scoreStride = scratchStride(length);
  const rowStride = (<usize>heads * <usize>width) << 2;
  const patternStride = (<usize>length) << 2;
  for (let unit = from; unit < to; unit++) {
    const head = unit / blocks;
    const first = (unit - head * blocks) * BLOCK;
    const rows = min(queries - first, BLOCK);
    const q = rowOf(query, head, first, queries, heads, width);
    const k = keysOf(keys, head / sharing, width, capacity);
    const v = valuesOf(values, head / sharing, width, capacity);
    const weights = patternRowOf(pattern, head, first, queries, length);
    const seenByLast = seenBy(first + rows - 1, length, causalOffset);

    dotProducts(q, rowStride, rows, k, width, scores, scoreStride, seenByLast);
    for (let row = 0; row < rows; row++) {
      const own = scores + <usize>row * scoreStride;
      const target = weights + <usize>row * patternStride;
      const seen = seenBy(first + row, length, causalOffset);
      const bias = biasRow(biases, head, first + row, biasStride);
      const mask = maskRow(masks, head / heads, first + row, length);
      finishScores(own, own, seen, scale, bias, mask);
      softmaxRow(own, target, seen);
      memory.fill(target + ((<usize>seen) << 2), 0, (<usize>(length - seen)) << 2);
    }
    const out = rowOf(z, head, first, queries, heads, width);
    weightedValues(weights, patternStride, rows, v, capacity, seenByLast, out, rowStride, width);
  }
}

/** The scores that `attend` takes the softmax of, of all keys. Units as of `attend`. */
export function scores(
  query: usize,
  keys: usize,
  scores: usize,
  scratch: usize,
  queries: i32,
  length: i32,
  capacity: i32,
  heads: i32,
  sharing: i32,
  width: i32,
  scale: f32,
  masks: usize,
  biases: usize,
  biasStride: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const blocks = blocksOf(queries);
  const raw = scratchOf(scratch, thread, length);
  const rawStride = scratchStride(length);
  const rowStride = (<usize>heads * <usize>width) << 2;
  for (let unit = from; unit < to; unit++) {
    const head = unit / blocks;
    const first = (unit - head * blocks) * BLOCK;
    const rows = min(queries - first, BLOCK);
    const q = rowOf(query, head, first, queries, heads, width);
    const k = keysOf(keys, head / sharing, width, capacity);
    dotProducts(q, rowStride, rows, k, width, raw, rawStride, length);
    for (let row = 0; row < rows; row++) {
      const target = patternRowOf(scores, head, first + row, queries, length);
      const bias = biasRow(biases, head, first + row, biasStride);
      const mask = maskRow(masks, head / heads, first + row, length);
      finishScores(raw + <usize>row * rawStride, target, length, scale, bias, mask);
    }
  }
}

/** `z` of a given pattern, as `attend` computes it of its own. Units as of `attend`. */
export function mix(
  pattern: usize,
  values: usize,
  z: usize,
  scratch: usize,
  queries: i32,
  length: i32,
  capacity: i32,
  heads: i32,
  sharing: i32,
  width: i32,
  thread: i32,
  from: i32,
  to: i32,
): void {
  const blocks = blocksOf(queries);
  const rowStride = (<usize>heads * <usize>width) << 2;
  const patternStride = (<usize>length) << 2;
  for (let unit = from; unit < to; unit++) {
    const head = unit / blocks;
    const first = (unit - head * blocks) * BLOCK;
    const rows = min(queries - first, BLOCK);
    const v = valuesOf(values, head / sharing, width, capacity);
    const weights = patternRowOf(pattern, head, first, queries, length);
    const out = rowOf(z, head, first, queries, heads, width);
    weightedValues(weights, patternStride, rows, v, capacity, length, out, rowStride, width);
  }
}

/** How many keys a query sees. */
@inline
function seenBy(query: i32, length: i32, causalOffset: i32): i32 {
  return causalOffset < 0 ? length : min(query + causalOffset + 1, length);
}

/** A head's row of its bias; 0: none. */
@inline
function biasRow(biases: usize, head: i32, query: i32, stride: i32): usize {
  const bias = biases ? load<u32>(biases + ((<usize>head) << 2)) : 0;
  return bias ? bias + ((<usize>query * <usize>stride) << 2) : 0;
}

/** A sequence's row of its mask; 0: none. */
@inline
function maskRow(masks: usize, sequence: i32, query: i32, length: i32): usize {
  const mask = masks ? load<u32>(masks + ((<usize>sequence) << 2)) : 0;
  return mask ? mask + ((<usize>query * <usize>length) << 2) : 0;
}
