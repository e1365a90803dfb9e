import { Failure } from '../failure/failure';
import { MAX_PAYLOAD_BYTES, type WireTensor } from '../protocol/wireTensor';
import { checkToken } from './traceTokens';

/** Rows `[from, to)` of `width` float32 numbers, from < to ≤ count. @throws Failure `trace.noToken`, `trace.range` */
export function checkRange(from: number, to: number, count: number, width: number): void {
  checkToken(from, to);
  checkToken(to - 1, count);
  checkPayload(to - from, width);
}

/** That so many rows of `width` float32 numbers fit into one message. @throws Failure `trace.range` */
export function checkPayload(rows: number, width: number): void {
  const limit = Math.floor(MAX_PAYLOAD_BYTES / (4 * width));
  if (rows > limit) throw new Failure('trace.range', { count: rows, limit });
}

export const vector = (numbers: Float32Array<ArrayBuffer>): WireTensor => ({
  shape: [numbers.length],
  data: numbers.buffer,
});

/** Rows of one width below each other, `[row, width]`. */
export function matrix(rows: readonly ArrayLike<number>[], width: number): WireTensor {
  const numbers = new Float32Array(rows.length * width);
  for (const [row, one] of rows.entries()) numbers.set(one, row * width);
  return { shape: [rows.length, width], data: numbers.buffer };
}
