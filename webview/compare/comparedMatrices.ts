/** Fetches the exact matrices of both views and lays them on common axes; says why it cannot. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { isApproximate } from '../../src/navigation/approximate';
import { isComputed, matrixAddress } from '../../src/navigation/navigationRules';
import { readCount } from '../../src/navigation/traceState';
import type { ExactMatrix, Which } from '../drawing/difference';
import type { Commands, Sight } from '../inspector/view';
import { describeWaiting } from '../inspector/waiting';
import { commonAxis, ownAxis, type CommonAxis } from './commonAxis';
import type { ComparedContent, MapContent } from './comparedMaps';
import { isGrowing, MOST_TOKENS, sidesOf, type Comparison } from './comparison';
import { MatrixFetch, type WantedMatrix } from './matrixFetch';

const WHICH: readonly Which[] = ['pinned', 'current'];

/** Shown when there are matrices, else why there are none. */
export type MatricesNow =
  | { readonly content: ComparedContent; readonly reason: null }
  | { readonly content: null; readonly reason: string };

interface Kept {
  readonly pinned: ExactMatrix;
  readonly current: ExactMatrix;
  readonly content: ComparedContent;
}

interface Axes {
  readonly queries: CommonAxis;
  readonly keys: CommonAxis;
}

function wantedMatrix(sight: Sight): WantedMatrix | null {
  const { snapshot, navigation } = sight;
  if (!isComputed(navigation, snapshot) || isGrowing(sight)) return null;
  if (isApproximate(navigation, snapshot)) return null;
  const sides = sidesOf(sight);
  return {
    trace: snapshot.trace,
    address: matrixAddress(navigation),
    queries: readCount(snapshot, sides.queries, navigation.unit),
    keys: readCount(snapshot, sides.keys, navigation.unit),
  };
}

const lengthOf = ({ queries, keys }: Axes): number =>
  Math.max(queries.pairs.length, keys.pairs.length);

export class ComparedMatrices {
  private readonly fetches: Readonly<Record<Which, MatrixFetch>>;
  /** The last content, kept while its matrices are the same: pictures hang on it. */
  private kept: Kept | null = null;

  constructor(
    ask: Commands['askAbout'],
    changed: () => void,
    private readonly t: Translate,
  ) {
    this.fetches = {
      pinned: new MatrixFetch(ask, changed),
      current: new MatrixFetch(ask, changed),
    };
  }

  private whyNot(sight: Sight): string {
    const { t } = this;
    if (isGrowing(sight))
      return t('The output is still being written; its matrices are compared once it is whole.');
    if (isApproximate(sight.navigation, sight.snapshot))
      return describeFailure({ code: 'trace.approximate', args: {} }, t);
    return describeWaiting(sight, { answer: null, failure: null }, 'matrix', t) ?? '';
  }

  update(comparison: Comparison): MatricesNow {
    const { t } = this;
    const no = (reason: string): MatricesNow => ({ content: null, reason });
    const wanted = WHICH.map((which) => [which, wantedMatrix(comparison[which])] as const);
    for (const [which, matrix] of wanted) {
      if (matrix !== null) continue;
      this.forget();
      return no(this.whyNot(comparison[which]));
    }
    const most = Math.max(
      ...wanted.map(([, matrix]) => Math.max(matrix?.queries ?? 0, matrix?.keys ?? 0)),
    );
    if (most > MOST_TOKENS) return this.tooMany(most);
    for (const [which, matrix] of wanted) this.fetches[which].want(matrix);
    const failure = this.fetches.pinned.failure ?? this.fetches.current.failure;
    if (failure !== null) return no(describeFailure(failure, t));
    const [pinned, current] = [this.fetches.pinned.known, this.fetches.current.known];
    if (pinned === null || current === null) return no(t('Asking the engine…'));
    if (this.kept?.pinned !== pinned || this.kept.current !== current)
      this.kept = { pinned, current, content: contentOf(comparison, pinned, current) };
    const { content } = this.kept;
    const length = content.both === null ? 0 : lengthOf(content.both);
    return length > MOST_TOKENS ? this.tooMany(length) : { content, reason: null };
  }

  private tooMany(count: number): MatricesNow {
    return {
      content: null,
      reason: this.t(
        'Matrices are compared up to {limit} tokens; side by side these have {count}. The rows are compared whole.',
        { limit: MOST_TOKENS, count },
      ),
    };
  }

  private forget(): void {
    for (const which of WHICH) this.fetches[which].want(null);
    this.kept = null;
  }
}

function contentOf(
  comparison: Comparison,
  pinned: ExactMatrix,
  current: ExactMatrix,
): ComparedContent {
  const on = ({ queries, keys }: Axes): MapContent => ({
    queries,
    keys,
    matrices: { pinned, current, queries: queries.pairs, keys: keys.pairs },
  });
  if (!comparison.sameStack || !comparison.sameUnit) {
    const own = (which: Which): MapContent => {
      const sides = sidesOf(comparison[which]);
      return on({
        queries: ownAxis(comparison[which], which, sides.queries),
        keys: ownAxis(comparison[which], which, sides.keys),
      });
    };
    return { pinned: own('pinned'), current: own('current'), both: null };
  }
  const sides = sidesOf(comparison.current);
  const common = (side: typeof sides.keys): CommonAxis =>
    commonAxis(comparison.pinned, comparison.current, side, comparison.sameModel);
  const both = on({ queries: common(sides.queries), keys: common(sides.keys) });
  return { pinned: both, current: both, both };
}
