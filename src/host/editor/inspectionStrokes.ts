import { chosenSide, colouredSide } from '../../navigation/navigationRules';
import type { Navigation } from '../../protocol/navigation';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { numbersOf } from '../../protocol/wireTensor';
import { isRunning, type Inspection } from '../inspection/inspection';
import type { ChosenRow } from '../inspection/rows';
import { strokesOf, type Stroke } from './brush';
import { colourPlan, emptyPlan, type ColourPlan } from './colourPlan';
import type { ColourSurface } from './colourSurface';
import type { TextLink } from './documentLinks';
import type { Span } from './trackedText';
import { wholeSigns } from './wholeSigns';

/** Whether the weights that a navigation shows belong to the inspected text, not to the output. */
export const coloursText = ({ stack, direction }: Navigation): boolean =>
  colouredSide(stack, direction) === 'source';

/** Whether numbers for the text are still to come. */
export const isComing = (inspection: Inspection, row: ChosenRow | null): boolean =>
  row === null && isRunning(inspection) && coloursText(inspection.navigation);

/** What an inspection looks like in an editor. Without a row only the chosen token is framed. */
export function inspectionStrokes(
  surface: Pick<ColourSurface, 'visible' | 'selected'>,
  inspection: Inspection,
  link: TextLink,
  row: ChosenRow | null,
  scale: ColourScaleChoice,
  limit: number,
): Stroke[] {
  const { navigation } = inspection;
  const { start, end, stale } = link;
  const spans = paintedSpans(inspection, link);
  const { stack, direction } = row?.address ?? navigation;
  const index = row === null ? (navigation.token?.index ?? -1) : row.address.token;
  const chosen = chosenSide(stack, direction) === 'source' ? (spans[index] ?? null) : null;
  if (row === null) {
    // A run that ended without numbers has nothing to say about any token.
    const silent = coloursText(navigation) && !isRunning(inspection);
    const query = silent || chosen === null ? null : { span: chosen, step: null };
    return strokesOf({ ...emptyPlan, query }, direction, stale);
  }
  const plan: ColourPlan = colourPlan({
    weights: numbersOf(row.row.weights),
    spans,
    chosen,
    visible: surface.visible(),
    // A selection of all of the text is what was inspected; the reader knows it.
    selected: surface.selected().filter(([from, to]) => from > start || to < end),
    scale,
    stale,
    limit,
  });
  return strokesOf(plan, direction, stale);
}

/** Where the tokens are painted. Of an edited text as far as their characters can be followed. */
function paintedSpans({ subject }: Inspection, link: TextLink): readonly (Span | null)[] {
  const { start, spans, stale } = link;
  if (stale) return spans;
  const inText = spans.map((span): Span | null => span && [span[0] - start, span[1] - start]);
  return wholeSigns(subject.text, inText).map((span) => span && [span[0] + start, span[1] + start]);
}
