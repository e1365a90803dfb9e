/** What to say where there is no row to show. Pure. */
import type { WireFailure } from '../failure/failure';
import type { Navigation } from '../protocol/navigation';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import { labelAt } from './labels';
import { isComputed } from './navigationRules';
import { isRunning, listedOf, readCount } from './traceState';

/** Why there is no row to show where the reader stands, given that there is none. */
export function whyNoRow(navigation: Navigation, snapshot: TraceSnapshot): WireFailure {
  const running = isRunning(snapshot);
  // Without the engine's memory nothing can be asked, however far the run came.
  if (snapshot.failure?.code === 'trace.gone') return snapshot.failure;
  if (!isComputed(navigation, snapshot)) {
    if (running)
      return { code: snapshot.plan === null ? 'trace.starting' : 'trace.awaited', args: {} };
    return snapshot.failure ?? { code: 'trace.ended', args: {} };
  }
  const { token } = navigation;
  const listed = token === null ? [] : listedOf(snapshot, token.side, navigation.unit);
  const chosen = token === null ? undefined : listed[token.index];
  if (token === null || chosen === undefined) return { code: 'trace.noChoice', args: {} };
  const args = { token: labelAt(listed, token.index) };
  if (navigation.hideSpecials && chosen.special) return { code: 'trace.hidden', args };
  if (token.index >= readCount(snapshot, token.side, navigation.unit))
    return { code: running ? 'trace.justWritten' : 'trace.neverRead', args };
  return { code: 'trace.noChoice', args: {} };
}
