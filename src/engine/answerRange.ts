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
