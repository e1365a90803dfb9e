/** The orders in which heads are listed. Pure. */
import * as v from 'valibot';
import type { Translate } from '../../language/translate';
import type { HeadMeasure, HeadProfile } from '../../protocol/headProfile';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { allMeasures, isShare, measureWords } from './measures';

/** By layer, as the model is built, or by one measure. */
export const headOrderSchema = v.strictObject({
  by: v.picklist(['layer', ...allMeasures]),
  /** Against the measure's own direction; of no account for `layer`. */
  reversed: v.boolean(),
});
export type HeadOrder = v.InferOutput<typeof headOrderSchema>;

export const BY_LAYER: HeadOrder = { by: 'layer', reversed: false };

/** Whether the smallest value comes first: the sharpest head is the one worth looking at. */
export const smallestFirst = ({ by, reversed }: HeadOrder): boolean =>
  (by === 'entropy') !== reversed;

/** Choosing the order that is there already turns it round. */
export const chooseOrder = (now: HeadOrder, by: HeadOrder['by']): HeadOrder => ({
  by,
  reversed: by !== 'layer' && by === now.by && !now.reversed,
});

export interface MeasuredHead {
  readonly profile: HeadProfile;
  readonly value: number;
}

/** The heads that have the measure, in order; equal ones as the model is built. */
export function sortHeads(
  heads: readonly HeadProfile[],
  measure: HeadMeasure,
  order: HeadOrder,
): readonly MeasuredHead[] {
  const sign = smallestFirst(order) ? 1 : -1;
  return heads
    .flatMap((profile): MeasuredHead[] => {
      const value = profile[measure];
      return value === null ? [] : [{ profile, value }];
    })
    .toSorted((a, b) => sign * (a.value - b.value));
}

/** The order in a few words, for the head of the list. */
export function orderWords(order: HeadOrder, t: Translate): string {
  if (order.by === 'layer') return t('by layer');
  const { name } = measureWords(order.by, t);
  return smallestFirst(order)
    ? t('{measure}, smallest first', { measure: name })
    : t('{measure}, largest first', { measure: name });
}

/**
 * How strongly a value is coloured, 0–1. A share stands for itself, or is measured against the
 * largest in the list; a distance against the largest; of entropies the smallest are strongest.
 */
export function strengthOf(
  measure: HeadMeasure,
  value: number,
  largest: number,
  scale: ColourScaleChoice,
): number {
  const top = scale === 'absolute' && isShare(measure) ? 1 : largest;
  if (!(top > 0)) return measure === 'entropy' ? 1 : 0;
  const share = Math.max(0, Math.min(1, value / top));
  return measure === 'entropy' ? 1 - share : share;
}
