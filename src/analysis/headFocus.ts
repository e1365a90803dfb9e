import { looksAt, type MatrixView } from './attentionMatrix';
import type { AttentionRecord } from './attentionRecord';
import { rowEntropy } from './rowEntropy';

/** How sharply a head looks from one token, or word. */
export interface HeadFocus {
  /** Of the row, in bits. */
  readonly entropy: number;
  /** The key with the largest weight (the first of equals), and that weight as the row shows it. */
  readonly key: number;
  readonly weight: number;
}

/** Of a row as it is shown. Null if no weight is left in it. */
export function headFocus(
  record: AttentionRecord,
  head: number,
  query: number,
  view: MatrixView,
): HeadFocus | null {
  const { weights } = looksAt({ layers: [record], head, ...view }, query);
  const entropy = rowEntropy(weights);
  if (entropy === null) return null;
  let key = -1;
  let weight = 0;
  for (const [place, value] of weights.entries()) {
    if (value > weight) [key, weight] = [place, value];
  }
  return { entropy, key, weight };
}
