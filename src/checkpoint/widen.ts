import { halfNumbers } from './halfNumbers';

/**
 * Stored numbers → float32, the only type the model computes with. Checkpoints are little-endian,
 * as is every machine VS Code runs on, so bytes are viewed, not swapped.
 */

/** A type that can be read. */
interface Stored {
  /** Of one number. */
  readonly bytes: number;
  /**
   * Widens as many numbers as `into` has, stored from `offset` on. Goes from the first to the last and
   * reads each before it is written, so `into` may lie on top of them (see `Staging`).
   */
  widen(buffer: ArrayBuffer, offset: number, into: Float32Array): void;
}

type View = new (
  buffer: ArrayBuffer,
  offset: number,
  length: number,
) => ArrayLike<number> | ArrayLike<bigint>;

const viewed = (bytes: number, View: View): Stored => ({
  bytes,
  widen(buffer, offset, into) {
    const stored = new View(buffer, offset, into.length);
    for (let i = 0; i < into.length; i++) into[i] = Number(stored[i]!);
  },
});

const F32: Stored = {
  bytes: Float32Array.BYTES_PER_ELEMENT,
  widen(buffer, offset, into) {
    into.set(new Float32Array(buffer, offset, into.length));
  },
};

const F16: Stored = {
  bytes: Uint16Array.BYTES_PER_ELEMENT,
  widen(buffer, offset, into) {
    const table = halfNumbers();
    const halves = new Uint16Array(buffer, offset, into.length);
    const bits = bitsOf(into);
    for (let i = 0; i < bits.length; i++) bits[i] = table[halves[i]!]!;
  },
};

/** bfloat16 is the upper half of a float32. */
const BF16: Stored = {
  bytes: Uint16Array.BYTES_PER_ELEMENT,
  widen(buffer, offset, into) {
    const halves = new Uint16Array(buffer, offset, into.length);
    const bits = bitsOf(into);
    for (let i = 0; i < bits.length; i++) bits[i] = halves[i]! << 16;
  },
};

/** Eight-bit and smaller floats need scales that live elsewhere: not here. */
const STORED: Readonly<Partial<Record<string, Stored>>> = {
  F32,
  F16,
  BF16,
  F64: viewed(8, Float64Array),
  BOOL: viewed(1, Uint8Array),
  U8: viewed(1, Uint8Array),
  I8: viewed(1, Int8Array),
  U16: viewed(2, Uint16Array),
  I16: viewed(2, Int16Array),
  U32: viewed(4, Uint32Array),
  I32: viewed(4, Int32Array),
  U64: viewed(8, BigUint64Array),
  I64: viewed(8, BigInt64Array),
};

/** How a type is stored; null if it cannot be read. */
export const storedType = (dtype: string): Stored | null =>
  (Object.hasOwn(STORED, dtype) ? STORED[dtype] : undefined) ?? null;

/** The numbers of a tensor, of bytes of its own; null if its type cannot be read. */
export function widen(dtype: string, bytes: Uint8Array): Float32Array | null {
  const stored = storedType(dtype);
  if (!stored) return null;
  const buffer = ownBuffer(bytes);
  if (stored === F32) return new Float32Array(buffer);
  const numbers = new Float32Array(buffer.byteLength / stored.bytes);
  stored.widen(buffer, 0, numbers);
  return numbers;
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length);

/** Typed views need an aligned buffer of exactly these bytes; copies only if the reader's is not one. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
    ? buffer
    : new Uint8Array(bytes).buffer;
}
