import { binaryLogarithm } from './binaryLogarithm';

/** Bits of the smallest normal float32. What is below adds less than 10⁻³⁵ bits. */
const LEAST_NORMAL = 0x0080_0000;
/** Bits of +∞; NaN, which marks a hidden key, is above. */
const INFINITE = 0x7f80_0000;

/**
 * Entropy −Σ α log₂ α of a row of attention as it is shown, in bits: 0 if it looks at one key alone,
 * log₂ n if at n keys all alike. Hidden keys (NaN) do not count. Null if no weight is left.
 */
export function rowEntropy(row: Float32Array): number | null {
  const bitsOf = new Int32Array(row.buffer, row.byteOffset, row.length);
  let sum = 0;
  let empty = true;
  for (let key = 0; key < row.length; key++) {
    const bits = bitsOf[key]!;
    if (bits < LEAST_NORMAL || bits >= INFINITE) continue;
    empty = false;
    sum -= row[key]! * binaryLogarithm(bits);
  }
  // A float32 row may sum to a hair more than 1, which must not read as −0.0000 bits.
  return empty ? null : Math.max(0, sum);
}
