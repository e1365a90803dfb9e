import type { MatrixView } from '../analysis/attentionMatrix';
import { tokensIn } from '../analysis/tokenGroup';
import { valueNorms, type Links } from '../analysis/valueNorms';
import type { RowAddress } from '../protocol/address';
import type { LayerTrace } from './layerTrace';
import type { Trace } from './trace';

/**
 * ‖α·v·W_O‖ of every link of a row or column, from the weights as the model used them: never
 * renormalised. Entries hidden in `shown` stay NaN. With the mean over layers, the mean of the norms.
 */
export function rowNorms(
  trace: Trace,
  address: RowAddress,
  { groups }: MatrixView,
  shown: Float32Array,
): Float32Array<ArrayBuffer> {
  const { stack, layer, head } = address;
  const layers = trace.shown(stack, layer);
  const { encoder, decoder } = trace.plan.model.keyValueHeads;
  const sum = new Float64Array(shown.length);
  for (const [i, record] of layers.entries()) {
    const index = layer === 'mean' ? i : layer;
    const source = {
      values: record.values(),
      output: trace.model.outputProjection(stack, index),
      heads: record.attention.heads,
      keyValueHeads: stack === 'encoder' ? encoder : decoder,
    };
    const norms = valueNorms(source, linksOf(record, address, groups, shown.length), head);
    for (const [link, norm] of norms.entries()) sum[link]! += norm / layers.length;
  }
  return Float32Array.from(sum, (norm, link) => (Number.isNaN(shown[link]) ? Number.NaN : norm));
}

/**
 * The links of a row (one query, every key) or of a column (every query, one key), with each head's
 * weight: of a word that looks, the mean over its tokens.
 */
function linksOf(
  { attention }: LayerTrace,
  address: RowAddress,
  groups: MatrixView['groups'],
  count: number,
): Links {
  const { heads } = attention;
  const row = address.direction === 'looksAt';
  const weights: number[] = [];
  const keys: number[] = [];
  const links: number[] = [];
  for (let link = 0; link < count; link++) {
    const asking = tokensIn(groups?.queries, row ? address.token : link);
    const asked = tokensIn(groups?.keys, row ? link : address.token);
    const queries = asking.last - asking.first + 1;
    for (let key = asked.first; key <= asked.last; key++) {
      keys.push(key);
      links.push(link);
      for (let h = 0; h < heads; h++) {
        let weight = 0;
        for (let query = asking.first; query <= asking.last; query++) {
          weight += attention.weight(h, query, key);
        }
        weights.push(weight / queries);
      }
    }
  }
  return { count, weights: Float32Array.from(weights), keys, links };
}
