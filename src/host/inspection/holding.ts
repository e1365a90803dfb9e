import type { Inspection } from './inspection';

/**
 * Inspections kept at once. Enough for a page of sentences; the engine's byte budget decides about
 * long ones.
 */
export const MAX_INSPECTIONS = 12;

/** What holds inspections beside their documents. */
export interface Holders {
  readonly currentKey: number | null;
  readonly pinned: ReadonlySet<number>;
  readonly panelOpen: boolean;
}

/** Whether an open document shows the inspected text. */
export const inDocument = ({ link }: Inspection): boolean => link === 'linked' || link === 'stale';

/** Keys of the inspections that nothing holds, and of the oldest beyond the limit. `all`: the one used longest ago first. */
export function surplus(
  all: readonly Inspection[],
  { currentKey, pinned, panelOpen }: Holders,
): readonly number[] {
  const onScreen = ({ key }: Inspection): boolean =>
    pinned.has(key) || (key === currentKey && panelOpen);
  const unheld = all.filter((one) => !onScreen(one) && !inDocument(one));
  const rest = all.filter((one) => !unheld.includes(one));
  const spare = rest.filter((one) => !onScreen(one) && one.key !== currentKey);
  const over = spare.slice(0, Math.max(0, rest.length - MAX_INSPECTIONS));
  return [...unheld, ...over].map(({ key }) => key);
}
