/**
 * What concerns tokens alone (positions, predictions) stays about tokens where views list words: a
 * chosen word stands for its first token, and choosing a token chooses the word it belongs to. Pure.
 */
import type { ChosenToken } from '../../src/navigation/navigationRules';
import { groupsOn } from '../../src/navigation/traceState';
import { groupOf } from '../../src/protocol/words';
import type { Sight } from './view';

type Place = Pick<Sight, 'snapshot' | 'navigation'>;

/** The token that a chosen entry stands for. */
export function tokenOfEntry(
  { snapshot, navigation }: Place,
  { side, index }: ChosenToken,
): ChosenToken {
  if (navigation.unit === 'token') return { side, index };
  return { side, index: groupsOn(snapshot, side, 'word')[index]?.first ?? 0 };
}

/** The entry to choose for a token. */
export function entryOfToken(
  { snapshot, navigation }: Place,
  { side, index }: ChosenToken,
): ChosenToken {
  if (navigation.unit === 'token') return { side, index };
  return { side, index: Math.max(0, groupOf(groupsOn(snapshot, side, 'word'), index)) };
}

/** The token the reader points at, else the chosen one. */
export function tokenInSight({ snapshot, navigation, preview }: Sight): ChosenToken | null {
  const entry = preview ?? navigation.token;
  return entry === null ? null : tokenOfEntry({ snapshot, navigation }, entry);
}

/** The chosen token, whatever the pointer is over. */
export const chosenToken = ({ snapshot, navigation }: Place): ChosenToken | null =>
  navigation.token === null ? null : tokenOfEntry({ snapshot, navigation }, navigation.token);
