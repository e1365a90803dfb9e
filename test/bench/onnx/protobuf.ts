/** Fields of a protocol-buffers message, written by their numbers: what writing an ONNX file takes. */
export type Field = readonly Uint8Array[];

const VARINT = 0;
const BYTES = 2;
const FLOAT = 5;

export const integer = (field: number, value: number | bigint): Field => [
  Buffer.concat([varint((field << 3) | VARINT), varint(value)]),
];

export function float(field: number, value: number): Field {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return [Buffer.concat([varint((field << 3) | FLOAT), bytes])];
}

export const text = (field: number, value: string): Field =>
  blob(field, [Buffer.from(value, 'utf8')]);

/** A nested message. Nothing is copied: weights are large. */
export const message = (field: number, ...fields: readonly Field[]): Field =>
  blob(field, fields.flat());

export function blob(field: number, chunks: readonly Uint8Array[]): Field {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return [Buffer.concat([varint((field << 3) | BYTES), varint(length)]), ...chunks];
}

/** Seven bits a byte, lowest first; negative numbers as 64 bits. */
function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 128 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
