/** Why a decoder's row is shorter than the text, in words; null where it is not. */
import type { Translate } from '../../src/language/translate';
import { isUnseenIn } from '../../src/navigation/causality';
import type { RowAddress } from '../../src/protocol/address';

/** @param length entries across from the chosen one */
export function unseenWords(address: RowAddress, length: number, t: Translate): string | null {
  let count = 0;
  for (let other = 0; other < length; other++) if (isUnseenIn(address, other)) count++;
  if (count === 0) return null;
  return address.direction === 'looksAt'
    ? t('{count} after it are left out: it cannot see them.', { count })
    : t('{count} before it are left out: they cannot see it.', { count });
}
