/**
 * Vectors of four float32, and what WebAssembly lacks for them.
 *
 * Every sum of the kernels is a chain of `madd`. In the relaxed variants it rounds once (a fused
 * multiply-add, where the processor has one), in the plain ones twice: the two differ in last bits.
 */

/** a · b + c. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** c − a · b. */
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_nmadd(a, b, c) : f32x4.sub(c, f32x4.mul(a, b));
}

/** The sum of four numbers: (0 + 2) + (1 + 3). */
@inline
export function sumOf(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The largest of four numbers. */
@inline
export function largestOf(v: v128): f32 {
  const pairs = f32x4.pmax(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** The first `count` numbers at `address`, no byte more is read; behind them those of `rest`. */
@inline
export function loadFirst(address: usize, count: i32, rest: v128): v128 {
  return count >= 4 ? v128.load(address) : loadTail(address, count, rest);
}

/** Writes the first `count` numbers of `v` and no byte more. */
@inline
export function storeFirst(address: usize, v: v128, count: i32): void {
  if (count >= 4) v128.store(address, v);
  else storeTail(address, v, count);
}

/** Four numbers at `address` of which `count` are there; zeros without an address. */
@inline
export function startOf(address: usize, count: i32): v128 {
  return address ? loadFirst(address, count, f32x4.splat(0)) : f32x4.splat(0);
}

/** Writes the first `columns` of eight numbers. */
@inline
export function storeEight(out: usize, low: v128, high: v128, columns: i32): void {
  if (columns >= 8) {
    v128.store(out, low);
    v128.store(out, high, 16);
  } else {
    storeFirst(out, low, columns);
    storeFirst(out + 16, high, columns - 4);
  }
}

@inline
function loadTail(address: usize, count: i32, rest: v128): v128 {
  let v = rest;
  if (count > 0) v = v128.load_lane<f32>(address, v, 0);
  if (count > 1) v = v128.load_lane<f32>(address, v, 1, 4);
  if (count > 2) v = v128.load_lane<f32>(address, v, 2, 8);
  return v;
}

@inline
function storeTail(address: usize, v: v128, count: i32): void {
  if (count > 0) v128.store_lane<f32>(address, v, 0);
  if (count > 1) v128.store_lane<f32>(address, v, 1, 4);
  if (count > 2) v128.store_lane<f32>(address, v, 2, 8);
}
