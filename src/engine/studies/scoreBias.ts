import { alibiSlopes } from '../../transformer/positions/alibi';
import { bucketOf } from '../../transformer/positions/relativeBias';
import type { AttentionPass } from './attentionPass';

/** What positions add to a query's scores, `[key]`, as the model holds it; null: nothing. */
export function scoreBias(pass: AttentionPass, query: number): Float32Array<ArrayBuffer> | null {
  const { stack, head } = pass.address;
  const { positions, heads } = pass.config;
  if (stack === 'cross') return null;
  const ofKeys = (bias: (key: number) => number): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length: pass.keys }, (_, key) => bias(key));
  if (positions.kind === 'alibi') {
    const slope = alibiSlopes(heads)[head]!;
    return ofKeys((key) => slope * key);
  }
  if (positions.kind !== 'relativeBias') return null;
  const table = pass.stack.parts.relativeBias!; // [bucket, head]
  return ofKeys((key) => table[bucketOf(key - query, positions) * heads + head]!);
}
