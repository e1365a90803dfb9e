/** Why a decoder's row is shorter than the text, in words; null where it is not. */
import type { Translate } from '../../src/language/translate';
import type { Sight } from '../../src/navigation/causality';
import type { Direction } from '../../src/protocol/address';

/** @param length entries across from the chosen one */
export function unseenWords(
  sight: Sight | null,
  direction: Direction,
  length: number,
  t: Translate,
): string | null {
  if (sight === null) return null;
  const before = Math.min(length, sight.first);
  const after = Math.max(0, length - 1 - sight.last);
  if (before + after === 0) return null;
  if (direction === 'looksAt') {
    if (before === 0)
      return t('{count} after it are left out: it cannot see them.', { count: after });
    return t(
      'Left out, for it cannot see them: {before} before its sliding window, {after} after it.',
      {
        before,
        after,
      },
    );
  }
  if (after === 0)
    return t('{count} before it are left out: they cannot see it.', { count: before });
  return t(
    'Left out, for they cannot see it: {before} before it, {after} whose sliding window begins after it.',
    {
      before,
      after,
    },
  );
}
