/** What of a list on screen stays when a newer one takes its place. Pure. */
import { shareOf } from '../../src/navigation/labels';
import type { Token } from '../../src/protocol/trace';

const sameEntry = (a: Token, b: Token | undefined): boolean =>
  a === b || (a.piece === b?.piece && String(a.span) === String(b.span));

/**
 * How many entries both lists begin with. A word that grew is another, and so is the first of two
 * tokens for one character once the second is written: it was alone before.
 */
export function keptEntries(before: readonly Token[], now: readonly Token[]): number {
  const changed = before.findIndex((entry, index) => !sameEntry(entry, now[index]));
  let kept = changed < 0 ? before.length : changed;
  while (kept > 0 && kept < now.length) {
    const share = shareOf(now, kept - 1);
    if (share === null || share.number === share.of) break;
    kept--;
  }
  return kept;
}
