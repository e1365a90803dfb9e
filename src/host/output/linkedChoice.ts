/** What an output's document and the text's document change of each other's navigation. Pure. */
import { chosenSide, colouredSide } from '../../navigation/navigationRules';
import { givenCount, groupsOn, writingSide } from '../../navigation/traceState';
import type { Navigation, NavigationChange } from '../../protocol/navigation';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';

/**
 * What to change so that text and output say something of each other, when the reader asks for the
 * output beside the text: the attention between the two, from whichever side is chosen; of a model
 * that is but a decoder, who looks at the chosen token.
 */
export function linking(snapshot: TraceSnapshot, navigation: Navigation): NavigationChange {
  const { plan } = snapshot;
  if (plan === null) return {};
  const { stack, direction, token } = navigation;
  const side = writingSide(plan);
  if (side === 'source')
    return standsAtStep(snapshot, navigation) || direction === 'lookedAt'
      ? {}
      : { direction: 'lookedAt' };
  const sides = [
    chosenSide(snapshot, stack, direction),
    colouredSide(snapshot, stack, direction),
  ] as const;
  if (sides.includes(side)) return {};
  return { stack: 'cross', direction: token?.side === side ? 'looksAt' : 'lookedAt' };
}

/**
 * What choosing a token of the text changes when its output stands beside it. Between two stacks the
 * direction turns with the side that is chosen; a model that is but a decoder has one side, so that
 * who comes from a step of the output would see no more of the output: nothing looks ahead.
 */
export function choosingText(
  snapshot: TraceSnapshot,
  navigation: Navigation,
  index: number,
): NavigationChange | null {
  return snapshot.plan?.model.architecture === 'decoder' && standsAtStep(snapshot, navigation)
    ? { direction: 'lookedAt', token: { side: 'source', index, locked: false } }
    : null;
}

/** Whether the chosen token is the query of a step: one that was read to write another. */
function standsAtStep(
  snapshot: TraceSnapshot,
  { direction, token, unit }: Pick<Navigation, 'direction' | 'token' | 'unit'>,
): boolean {
  const { plan, written } = snapshot;
  if (plan === null || written.length === 0 || direction !== 'looksAt') return false;
  if (token === null || !token.locked || token.side !== writingSide(plan)) return false;
  const group = groupsOn(snapshot, token.side, unit)[token.index];
  return group !== undefined && group.last >= givenCount(snapshot) - 1;
}
