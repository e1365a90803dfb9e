/** What choosing a token changes: the token, and stack or direction where it needs others. Pure. */
import { choosing, type ChosenToken } from '../../src/navigation/navigationRules';
import type { Navigation, NavigationChange } from '../../src/protocol/navigation';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

export function choiceOf(
  navigation: Navigation,
  snapshot: TraceSnapshot,
  token: ChosenToken,
  locked: boolean,
): NavigationChange {
  const { stack, direction } = choosing(navigation, snapshot, token, locked);
  return {
    ...(stack === navigation.stack ? {} : { stack }),
    ...(direction === navigation.direction ? {} : { direction }),
    token: { ...token, locked },
  };
}
