import { LENGTH_BYTES } from './safetensorsHeader';

/** A tensor to be written: its numbers say its type. */
export interface WritableTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** The header is filled up with spaces to a multiple of this, so that data may be mapped as float64. */
const ALIGNMENT = 8;

declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/**
 * A safetensors file as chunks in order: the header, then each tensor's bytes as they lie in
 * memory. Nothing is copied, so a file may be larger than one array can be.
 */
export function safetensorsChunks(
  tensors: readonly WritableTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array[] {
  const chunks = tensors.map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  return [header(tensors, metadata), ...chunks];
}

/** A safetensors file in one piece. */
export function safetensorsBytes(
  tensors: readonly WritableTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const chunks = safetensorsChunks(tensors, metadata);
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function header(
  tensors: readonly WritableTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  // A Map and fromEntries: an object literal would lose a tensor named `__proto__`.
  const entries = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) entries.set('__metadata__', metadata);
  let at = 0;
  for (const { name, shape, data } of tensors) {
    const elements = shape.reduce((product, length) => product * length, 1);
    if (elements !== data.length) {
      throw new RangeError(
        `${name}: shape [${shape.join(', ')}] does not hold ${data.length} numbers`,
      );
    }
    if (entries.has(name)) throw new RangeError(`${name} is written twice`);
    const dtype = data instanceof Float32Array ? 'F32' : 'I32';
    entries.set(name, { dtype, shape, data_offsets: [at, at + data.byteLength] });
    at += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_BYTES + length).fill(' '.charCodeAt(0));
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, LENGTH_BYTES);
  return bytes;
}
