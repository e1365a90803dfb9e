/** One axis for the tokens of two views: partners side by side, the others alone. Pure. */
import { labelAt } from '../../src/navigation/labels';
import { listedOf, readCount } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Token } from '../../src/protocol/trace';
import { align, type Pair } from '../drawing/alignment';
import type { Sight } from '../inspector/view';

export interface CommonAxis {
  /** Indices of the two views' tokens (or words). */
  readonly pairs: readonly Pair[];
  readonly labels: readonly string[];
  /** Places where the pinned view has no token, and where the current one has none. */
  readonly gaps: { readonly pinned: readonly number[]; readonly current: readonly number[] };
}

interface ShownToken {
  readonly index: number;
  readonly token: Token;
  readonly label: string;
}

/** The tokens (or words) that a view shows on a side: those that were read, without hidden ones. */
function shownTokens({ snapshot, navigation }: Sight, side: Side): ShownToken[] {
  const { unit } = navigation;
  const listed = listedOf(snapshot, side, unit);
  return listed
    .slice(0, readCount(snapshot, side, unit))
    .map((token, index) => ({ token, index, label: labelAt(listed, index) }))
    .filter(({ token }) => !(navigation.hideSpecials && token.special));
}

function axisFrom(
  pairs: readonly Pair[],
  pinned: readonly ShownToken[],
  current: readonly ShownToken[],
): CommonAxis {
  const gaps: { pinned: number[]; current: number[] } = { pinned: [], current: [] };
  const labels: string[] = [];
  const indices = pairs.map((pair, at): Pair => {
    const before = pair.pinned === null ? undefined : pinned[pair.pinned];
    const now = pair.current === null ? undefined : current[pair.current];
    labels.push((now ?? before)?.label ?? '');
    if (before === undefined) gaps.pinned.push(at);
    if (now === undefined) gaps.current.push(at);
    return { pinned: before?.index ?? null, current: now?.index ?? null };
  });
  return { pairs: indices, labels, gaps };
}

/** Aligned by ids; words by their pieces, and so tokens of two models, whose ids mean others. */
export function commonAxis(pinned: Sight, current: Sight, side: Side, byId: boolean): CommonAxis {
  const [before, now] = [shownTokens(pinned, side), shownTokens(current, side)];
  const keys = (shown: readonly ShownToken[]): (string | number)[] =>
    shown.map(({ token }) =>
      byId && current.navigation.unit === 'token' ? token.id : token.piece,
    );
  return axisFrom(align(keys(before), keys(now)), before, now);
}

/** The axis of one view alone. */
export function ownAxis(sight: Sight, which: keyof Pair, side: Side): CommonAxis {
  const shown = shownTokens(sight, side);
  const alone = shown.map((_, at) =>
    which === 'pinned' ? { pinned: at, current: null } : { pinned: null, current: at },
  );
  const axis = axisFrom(alone, shown, shown);
  // Nobody is missing where there is nobody to compare with.
  return { ...axis, gaps: { pinned: [], current: [] } };
}
