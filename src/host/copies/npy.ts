/** Where the data of an .npy file begins must be a multiple of this (NumPy's format description). */
const ALIGNMENT = 64;
/** `\x93NUMPY`, version 1.0. */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** Magic, version and the two bytes that hold the header's length. */
const PREAMBLE_BYTES = 10;

/** Parts of a float32 matrix `[rows, columns]` in C order as one .npy file, little-endian. */
export function npy(
  shape: readonly [number, number],
  parts: readonly Float32Array[],
): Uint8Array<ArrayBuffer> {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape[0]}, ${shape[1]}), }`;
  // Padded with spaces to the alignment and closed by a line feed.
  const start = Math.ceil((PREAMBLE_BYTES + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const values = parts.reduce((count, part) => count + part.length, 0);
  const file = new Uint8Array(start + 4 * values);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint16(8, start - PREAMBLE_BYTES, true);
  const padded = `${header.padEnd(start - PREAMBLE_BYTES - 1)}\n`;
  new TextEncoder().encodeInto(padded, file.subarray(PREAMBLE_BYTES));
  let offset = start;
  for (const part of parts)
    for (const value of part) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  return file;
}
