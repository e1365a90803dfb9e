/** What two views have in common, and what of them can be compared. Pure. */
import type { ChosenToken } from '../../src/navigation/navigationRules';
import { colouredSide, matrixAddress } from '../../src/navigation/navigationRules';
import { isRunning, keySide, querySide, writingSide } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
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
  /** Both list tokens, or both words. */
  readonly sameUnit: boolean;
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
  const side = colouredSide(current.snapshot, here.stack, here.direction);
  const pinnedSide = colouredSide(pinned.snapshot, there.stack, there.direction);
  const sameDirection = there.direction === here.direction;
  const sameUnit = there.unit === here.unit;
  return {
    pinned,
    current,
    sameModel: modelOf(pinned.snapshot) === modelOf(current.snapshot),
    // The decoder of a model that writes reads its output, that of another the text.
    sameStack: there.stack === here.stack && sameSides(pinned, current),
    sameUnit,
    sameMatrix,
    sameView: sameMatrix && sameDirection && sameToken,
    rowSide: sameDirection && sameUnit && pinnedSide === side ? side : null,
  };
}

/** Whether a matrix still gets rows with every token the model writes. */
export const isGrowing = ({ snapshot, navigation }: Sight): boolean =>
  isRunning(snapshot) &&
  snapshot.plan?.writing != null &&
  querySide(snapshot, navigation.stack) === writingSide(snapshot.plan);

export const sidesOf = ({
  snapshot,
  navigation: { stack },
}: Sight): { queries: Side; keys: Side } => ({
  queries: querySide(snapshot, stack),
  keys: keySide(snapshot, stack),
});

function sameSides(a: Sight, b: Sight): boolean {
  const [there, here] = [sidesOf(a), sidesOf(b)];
  return there.queries === here.queries && there.keys === here.keys;
}
