import { chosenSide, colouredSide } from '../../navigation/navigationRules';
import { groupsOn, writingSide } from '../../navigation/traceState';
import { strokesOf, type Stroke } from '../editor/brush';
import type { ColourLimits } from '../editor/colouredTexts';
import { colourPlan, emptyPlan } from '../editor/colourPlan';
import type { ColourSurface } from '../editor/colourSurface';
import { entrySpans } from '../editor/entrySpans';
import { visibleWeights } from '../editor/inspectionStrokes';
import type { Span } from '../editor/trackedText';
import { wholeSigns } from '../editor/wholeSigns';
import { isRunning, type Inspection } from '../inspection/inspection';
import type { ChosenRow } from '../inspection/rows';
import { stepSpans } from './outputSpans';

/** An output in the document that shows it. */
export interface ShownOutput {
  readonly text: string;
  /** Of each token of the writing side, see `outputSpans`. */
  readonly spans: readonly (Span | null)[];
}

/** Whether the weights that a reader looks at belong to the output. */
export function coloursOutput({
  snapshot,
  navigation: { stack, direction },
}: Pick<Inspection, 'snapshot' | 'navigation'>): boolean {
  const { plan } = snapshot;
  return plan !== null && colouredSide(snapshot, stack, direction) === writingSide(plan);
}

/**
 * What an inspection looks like in its output's document. Queries stand where their steps wrote, see
 * `outputSpans`; of a model that is but a decoder the row goes on here from the text before it.
 */
export function outputStrokes(
  surface: Pick<ColourSurface, 'visible' | 'selected'>,
  inspection: Inspection,
  { text, spans }: ShownOutput,
  row: ChosenRow | null,
  { scale, limit }: ColourLimits,
): readonly Stroke[] {
  const { navigation, snapshot, link } = inspection;
  if (snapshot.plan === null) return [];
  const side = writingSide(snapshot.plan);
  const { stack, direction, unit } = row?.address ?? navigation;
  const groups = groupsOn(snapshot, side, unit);
  const painted = wholeSigns(text, spans);
  const keys = entrySpans(groups, painted);
  const queries = stepSpans(groups, painted);
  const [choosable, weighable] = direction === 'looksAt' ? [queries, keys] : [keys, queries];
  const index = row?.address.token ?? navigation.token?.index ?? -1;
  const chosen = chosenSide(snapshot, stack, direction) === side ? choosable[index] : null;
  const stale = link === 'stale';
  const hasWeights = colouredSide(snapshot, stack, direction) === side;
  if (row === null || !hasWeights) {
    // A run that ended without numbers has nothing to say about any token.
    const silent = hasWeights && !isRunning(inspection);
    const query = silent || chosen == null ? null : { span: chosen, step: null };
    return strokesOf({ ...emptyPlan, query }, direction, stale);
  }
  const plan = colourPlan({
    weights: visibleWeights(row),
    spans: weighable,
    chosen: chosen ?? null,
    visible: surface.visible(),
    // Who selected everything wants to copy it, and sees all the same what it looks like.
    selected: surface.selected().filter(([from, to]) => from > 0 || to < text.length),
    scale,
    stale,
    limit,
  });
  return strokesOf(plan, direction, stale, row.row.approximate);
}
