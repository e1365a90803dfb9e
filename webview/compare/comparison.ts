/** What two views have in common, and what of them can be compared. Pure. */
import type { ChosenToken } from '../../src/navigation/navigationRules';
import { colouredSide, matrixAddress } from '../../src/navigation/navigationRules';
import { isRunning, keySide, querySide } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/queries';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Sight } from '../inspector/view';

/** Larger matrices are compared by their rows alone: above this a cell is less than half a pixel. */
export const MOST_TOKENS = 1024;

export interface Comparison {
  readonly pinned: Sight;
  readonly current: Sight;
  /** Else ids mean different tokens in the two. */
  readonly sameModel: boolean;
  /** Queries and keys mean the same in both, so that one can be subtracted from the other. */
  readonly sameStack: boolean;
  /** The very same matrix; the chosen tokens may differ all the same. */
  readonly sameMatrix: boolean;
  /** The very same view. */
  readonly sameView: boolean;
  /** The tokens that both chosen rows are about; null where there are none. */
  readonly rowSide: Side | null;
}

/** Models have no identity of their own: the same name and vocabulary is the same model. */
function modelOf({ plan }: TraceSnapshot): string {
  return plan === null ? '' : `${plan.model.name}/${plan.model.vocabulary}`;
}

export const chosenToken = ({ navigation, preview }: Sight): ChosenToken | null =>
  preview ?? navigation.token;

export function compare(pinned: Sight, current: Sight): Comparison {
  const [there, here] = [pinned.navigation, current.navigation];
  const address = (sight: Sight): string =>
    JSON.stringify([sight.snapshot.trace, matrixAddress(sight.navigation)]);
  const sameMatrix = address(pinned) === address(current);
  const [before, now] = [chosenToken(pinned), chosenToken(current)];
  const sameToken = before?.side === now?.side && before?.index === now?.index;
  const side = colouredSide(here.stack, here.direction);
  const sameDirection = there.direction === here.direction;
  return {
    pinned,
    current,
    sameModel: modelOf(pinned.snapshot) === modelOf(current.snapshot),
    sameStack: there.stack === here.stack,
    sameMatrix,
    sameView: sameMatrix && sameDirection && sameToken,
    rowSide: sameDirection && colouredSide(there.stack, there.direction) === side ? side : null,
  };
}

/** Whether a matrix still gets rows with every token the model writes. */
export const isGrowing = ({ snapshot, navigation }: Sight): boolean =>
  navigation.stack !== 'encoder' && isRunning(snapshot);

export const sidesOf = ({ navigation: { stack } }: Sight): { queries: Side; keys: Side } => ({
  queries: querySide(stack),
  keys: keySide(stack),
});
