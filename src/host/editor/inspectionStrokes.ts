import { chosenSide, colouredSide } from '../../navigation/navigationRules';
import { groupsOn } from '../../navigation/traceState';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { numbersOf } from '../../protocol/wireTensor';
import { isRunning, type Inspection } from '../inspection/inspection';
import type { ChosenRow } from '../inspection/rows';
import { strokesOf, type Stroke } from './brush';
import { colourPlan, emptyPlan, type ColourPlan } from './colourPlan';
import type { ColourSurface } from './colourSurface';
import type { TextLink } from './documentLinks';
import { entrySpans } from './entrySpans';
import type { Span } from './trackedText';
import { wholeSigns } from './wholeSigns';

/** Whether the weights that a reader looks at belong to the inspected text, not to the output. */
export const coloursText = ({
  snapshot,
  navigation: { stack, direction },
}: Pick<Inspection, 'snapshot' | 'navigation'>): boolean =>
  colouredSide(snapshot, stack, direction) === 'source';

/** What an inspection looks like in an editor. Without a row only the chosen token (or word) is framed. */
export function inspectionStrokes(
  surface: Pick<ColourSurface, 'visible' | 'selected'>,
  inspection: Inspection,
  link: TextLink,
  row: ChosenRow | null,
  scale: ColourScaleChoice,
  limit: number,
): Stroke[] {
  const { navigation, snapshot } = inspection;
  const { parts, stale } = link;
  const { stack, direction, unit } = row?.address ?? navigation;
  const spans = entrySpans(groupsOn(snapshot, 'source', unit), paintedSpans(link, inspection));
  const index = row === null ? (navigation.token?.index ?? -1) : row.address.token;
  const chosen =
    chosenSide(snapshot, stack, direction) === 'source' ? (spans[index] ?? null) : null;
  if (row === null) {
    // A run that ended without numbers has nothing to say about any token.
    const silent = coloursText(inspection) && !isRunning(inspection);
    const query = silent || chosen === null ? null : { span: chosen, step: null };
    return strokesOf({ ...emptyPlan, query }, direction, stale);
  }
  const plan: ColourPlan = colourPlan({
    weights: visibleWeights(row),
    spans,
    chosen,
    visible: surface.visible(),
    // A selection of all of a text is what was inspected; the reader knows it.
    selected: surface
      .selected()
      .filter(([from, to]) => !parts.some(([start, end]) => from <= start && to >= end)),
    scale,
    stale,
    limit,
  });
  return strokesOf(plan, direction, stale, row.row.approximate);
}

/**
 * A decoder's token sees none after it. What it cannot look at gets no colour: the faintest would
 * say that it could, but does not.
 */
export function visibleWeights({
  address: { stack, direction, token },
  row,
}: ChosenRow): Float32Array {
  const weights = numbersOf(row.weights);
  if (stack !== 'decoder') return weights;
  const isHidden = (other: number): boolean =>
    direction === 'looksAt' ? other > token : other < token;
  return weights.map((weight, other) => (isHidden(other) ? Number.NaN : weight));
}

/** Where the tokens are painted. Of an edited text as far as their characters can be followed. */
function paintedSpans(
  { parts, spans, stale }: TextLink,
  { subject }: Inspection,
): readonly (Span | null)[] {
  if (stale) return spans;
  const texts = [subject.text, subject.pair?.text ?? ''];
  return parts.reduce<readonly (Span | null)[]>((painted, [start, end], part) => {
    const inText = painted.map((span): Span | null =>
      span !== null && start <= span[0] && span[1] <= end
        ? [span[0] - start, span[1] - start]
        : null,
    );
    const whole = wholeSigns(texts[part] ?? '', inText);
    return painted.map((span, token) => {
      const sign = whole[token] ?? null;
      return sign === null ? span : [sign[0] + start, sign[1] + start];
    });
  }, spans);
}
