import type { AttentionRecord } from '../../analysis/attentionRecord';
import type { PreviewError } from '../../protocol/preview';

/** How far the attention of a layer is from its exact attention over the same tokens. */
export function attentionError(approximate: AttentionRecord, exact: AttentionRecord): PreviewError {
  let [largest, sum, count] = [0, 0, 0];
  for (let head = 0; head < exact.heads; head++)
    for (let query = 0; query < exact.queries; query++) {
      const given = approximate.row(head, query);
      const wanted = exact.row(head, query);
      for (let key = 0; key < wanted.length; key++) {
        const [a, b] = [given[key]!, wanted[key]!];
        if (a === 0 && b === 0) continue;
        const difference = Math.abs(a - b);
        largest = Math.max(largest, difference);
        sum += difference;
        count++;
      }
    }
  return { largest, mean: count === 0 ? 0 : sum / count };
}
