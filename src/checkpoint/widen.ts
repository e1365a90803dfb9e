/**
 * Stored numbers → float32, the only type the model computes with. Checkpoints are little-endian,
 * as is every machine VS Code runs on, so bytes are viewed, not swapped.
 */

/** Exponent bias of float32 (127) minus that of float16 (15). */
const F16_REBIAS = 127 - 15;
/** Value of the lowest bit of a subnormal float16. */
const F16_SUBNORMAL_UNIT = 2 ** -24;

/** Turns the bytes of one tensor into float32. */
type Widen = (bytes: ArrayBuffer) => Float32Array;

const fromHalf: Widen = (bytes) => {
  const halves = new Uint16Array(bytes);
  const numbers = new Float32Array(halves.length);
  const bits = new Uint32Array(numbers.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      numbers[i] = fraction * F16_SUBNORMAL_UNIT;
      bits[i]! |= sign;
    } else {
      const widened = exponent === 0x1f ? 0xff : exponent + F16_REBIAS;
      bits[i] = sign | (widened << 23) | (fraction << 13);
    }
  }
  return numbers;
};

/** bfloat16 is the upper half of a float32. */
const fromBrain: Widen = (bytes) => {
  const halves = new Uint16Array(bytes);
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
};

const fromLong =
  (view: (bytes: ArrayBuffer) => BigInt64Array | BigUint64Array): Widen =>
  (bytes) =>
    Float32Array.from(view(bytes), Number);

/** The types that can be read. Eight-bit and smaller floats need scales that live elsewhere: not here. */
const WIDEN: Readonly<Partial<Record<string, Widen>>> = {
  F32: (bytes) => new Float32Array(bytes),
  F16: fromHalf,
  BF16: fromBrain,
  F64: (bytes) => Float32Array.from(new Float64Array(bytes)),
  BOOL: (bytes) => Float32Array.from(new Uint8Array(bytes)),
  U8: (bytes) => Float32Array.from(new Uint8Array(bytes)),
  I8: (bytes) => Float32Array.from(new Int8Array(bytes)),
  U16: (bytes) => Float32Array.from(new Uint16Array(bytes)),
  I16: (bytes) => Float32Array.from(new Int16Array(bytes)),
  U32: (bytes) => Float32Array.from(new Uint32Array(bytes)),
  I32: (bytes) => Float32Array.from(new Int32Array(bytes)),
  U64: fromLong((bytes) => new BigUint64Array(bytes)),
  I64: fromLong((bytes) => new BigInt64Array(bytes)),
};

/** The numbers of a tensor; null if its type cannot be read. */
export function widen(dtype: string, bytes: Uint8Array): Float32Array | null {
  const widenType = Object.hasOwn(WIDEN, dtype) ? WIDEN[dtype] : undefined;
  return widenType ? widenType(ownBuffer(bytes)) : null;
}

/** Typed views need an aligned buffer of exactly these bytes; copies only if the reader's is not one. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
    ? buffer
    : new Uint8Array(bytes).buffer;
}
