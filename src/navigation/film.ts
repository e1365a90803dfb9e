/**
 * Where a reader stands in a generation. A step writes one token; what it does is read off the row of
 * the token read last: the query of the step. Pure.
 */
import type { Navigation, NavigationChange } from '../protocol/navigation';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import { chosenSide } from './navigationRules';
import { givenCount, groupsOn, writingSide } from './traceState';

/** Steps so far: one a written token. */
export const stepCount = ({ written }: TraceSnapshot): number => written.length;

/** The query of a step: the token, by its number on the writing side, that was read when it wrote. */
export const queryOfStep = (snapshot: TraceSnapshot, step: number): number =>
  givenCount(snapshot) + step - 1;

/**
 * The step a reader stands at: the one that the chosen token of the writing side is the query of; the
 * newest if the reader has locked none. Null: nothing is written yet.
 */
export function currentStep(snapshot: TraceSnapshot, navigation: Navigation): number | null {
  const { plan } = snapshot;
  const last = stepCount(snapshot) - 1;
  if (plan === null || last < 0) return null;
  const step = lockedStep(snapshot, navigation);
  // The last token of all was written but never read.
  return step === null ? last : Math.min(step, last);
}

/** Whether the reader has gone to a step, and does not merely see the newest. */
export const standsAtStep = (snapshot: TraceSnapshot, navigation: Navigation): boolean =>
  lockedStep(snapshot, navigation) !== null;

/** The step whose query the reader has locked; null: none. Before the first step nothing was written. */
function lockedStep(
  snapshot: TraceSnapshot,
  { token, unit }: Pick<Navigation, 'token' | 'unit'>,
): number | null {
  const { plan } = snapshot;
  if (plan === null || token === null || !token.locked || token.side !== writingSide(plan))
    return null;
  const group = groupsOn(snapshot, token.side, unit)[token.index];
  const step = (group?.last ?? 0) - queryOfStep(snapshot, 0);
  return step < 0 ? null : step;
}

/** What to change to stand at a step: its query is chosen, in a matrix that has it as a query. */
export function toStep(
  snapshot: TraceSnapshot,
  navigation: Navigation,
  step: number,
): NavigationChange {
  const { plan } = snapshot;
  if (plan === null) return {};
  const side = writingSide(plan);
  const index = queryOfStep(snapshot, step);
  const fits = chosenSide(snapshot, navigation.stack, 'looksAt') === side;
  return {
    ...(!fits && { stack: side === 'target' ? 'cross' : 'decoder' }),
    direction: 'looksAt',
    unit: 'token',
    token: { side, index, locked: true },
  };
}
