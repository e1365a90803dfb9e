import type { RowAddress } from '../protocol/address';
import { valueNorms, type Links } from '../analysis/valueNorms';
import type { LayerTrace } from './layerTrace';
import type { Trace } from './trace';

/**
 * ‖α·v·W_O‖ of every link of a row or column, from the weights as the model used them: never
 * renormalised. Entries hidden in `shown` stay NaN. With the mean over layers, the mean of the norms.
 */
export function rowNorms(
  trace: Trace,
  address: RowAddress,
  shown: Float32Array,
): Float32Array<ArrayBuffer> {
  const { stack, layer, head } = address;
  const layers = trace.readable(stack, layer);
  const sum = new Float64Array(shown.length);
  for (const [i, record] of layers.entries()) {
    const index = layer === 'mean' ? i : layer;
    const { attention } = record;
    const source = {
      values: record.values(),
      output: trace.model.outputProjection(stack, index),
      heads: attention.heads,
    };
    const norms = valueNorms(source, linksOf(record, address, shown.length), head);
    for (const [link, norm] of norms.entries()) sum[link]! += norm / layers.length;
  }
  return Float32Array.from(sum, (norm, link) => (Number.isNaN(shown[link]) ? Number.NaN : norm));
}

/** The links of a row (one query, every key) or of a column (every query, one key), with each head's weight. */
function linksOf({ attention }: LayerTrace, address: RowAddress, count: number): Links {
  const { heads } = attention;
  const row = address.direction === 'looksAt';
  const weights = new Float32Array(count * heads);
  const keys: number[] = [];
  for (let link = 0; link < count; link++) {
    const query = row ? address.token : link;
    const key = row ? link : address.token;
    keys.push(key);
    for (let h = 0; h < heads; h++) weights[link * heads + h] = attention.weight(h, query, key);
  }
  return { weights, keys };
}
