import { largestOf } from '../../navigation/names';
import { EDITOR_STEPS } from '../../palette/editorSteps';
import { stepOf } from '../../palette/weightCoding';
import type { ColourScaleChoice } from '../../protocol/readerState';
import type { Span } from './trackedText';

/** Marks on the overview ruler: more would not say where to look. */
export const STRONGEST = 3;

/**
 * Characters around what is in sight that are coloured as well, about a screenful, so that
 * scrolling does not run into uncoloured text before the next plan.
 */
export const MARGIN_CHARACTERS = 2_000;

/** Numbers of a stale text belong to what it was: they stay in the lowest third of the scale. */
const STALE_TOP_STEP = 5;

/** What is to be coloured; spans in offsets of the document. */
export interface ColourQuestion {
  /** `[token]`; hidden tokens are NaN. */
  readonly weights: Float32Array;
  /** `[token]`: the characters of each; null where no text stands for it. */
  readonly spans: readonly (Span | null)[];
  /** The chosen token, if it is in this text. */
  readonly chosen: Span | null;
  /** What the editor shows. */
  readonly visible: readonly Span[];
  /** What is selected: there the selection shall be seen, not the colour above it. */
  readonly selected: readonly Span[];
  readonly scale: ColourScaleChoice;
  readonly stale: boolean;
  /** Most spans that all of the plan may hold. */
  readonly limit: number;
}

/** Which characters get which colour. Within `steps` no two spans overlap. */
export interface ColourPlan {
  /** `[step]`: the spans of each, in the order of the text. */
  readonly steps: readonly (readonly Span[])[];
  /** The chosen token, and its own step if it has one; it is not among the `steps` then. */
  readonly query: { readonly span: Span; readonly step: number | null } | null;
  /** The largest weights of the whole text, in sight or not, the largest first. */
  readonly strongest: readonly Span[];
}

interface Weighed {
  readonly span: Span;
  readonly weight: number;
}

export const emptyPlan: ColourPlan = {
  steps: Array.from({ length: EDITOR_STEPS }, () => []),
  query: null,
  strongest: [],
};

/**
 * Spreads the weights of a row over the characters in sight. With more tokens than the limit allows
 * those in sight go first, and of these the strongest; then those nearest to what is in sight.
 */
export function colourPlan(question: ColourQuestion): ColourPlan {
  const { weights, chosen, visible, selected, scale, stale, limit } = question;
  const all = inTextOrder(question);
  const strongest = all
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, STRONGEST)
    .map(({ span }) => span);
  const framed = chosen !== null && chosen[0] < chosen[1] ? chosen : null;
  const room = Math.max(0, limit - strongest.length - (framed === null ? 0 : 1));
  const near = all
    .map((one) => ({ ...one, away: distanceTo(visible, one.span) }))
    .filter(({ span, away }) => away <= MARGIN_CHARACTERS && !selected.some(overlaps(span)));
  const kept =
    near.length <= room
      ? near
      : near
          .toSorted((a, b) => a.away - b.away || b.weight - a.weight)
          .slice(0, room)
          .sort((a, b) => a.span[0] - b.span[0]);
  const maximum = scale === 'absolute' ? 1 : largestOf(weights);
  const top = stale ? STALE_TOP_STEP : EDITOR_STEPS - 1;
  const steps: Span[][] = Array.from({ length: EDITOR_STEPS }, () => []);
  let own: number | null = null;
  for (const { span, weight } of kept) {
    const step = stepOf(weight, maximum, top);
    if (framed !== null && span[0] === framed[0] && span[1] === framed[1]) own = step;
    else steps[step]?.push(span);
  }
  return { steps, query: framed && { span: framed, step: own }, strongest };
}

/**
 * The characters with a weight, each once. Tokens that share characters (the bytes of one emoji)
 * are one there, with the largest of their weights; where they only overlap, the first keeps them.
 */
function inTextOrder({ weights, spans }: ColourQuestion): Weighed[] {
  const given = spans.flatMap((span, token): Weighed[] => {
    const weight = weights[token] ?? Number.NaN;
    return span === null || span[0] >= span[1] || Number.isNaN(weight) ? [] : [{ span, weight }];
  });
  given.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  const apart: Weighed[] = [];
  for (const { span, weight } of given) {
    const last = apart.at(-1);
    const taken = last?.span[1] ?? 0;
    if (last !== undefined && span[1] <= taken)
      apart[apart.length - 1] = { span: last.span, weight: Math.max(last.weight, weight) };
    else apart.push({ span: [Math.max(taken, span[0]), span[1]], weight });
  }
  return apart;
}

const overlaps =
  (a: Span) =>
  (b: Span): boolean =>
    a[0] < b[1] && b[0] < a[1];

/** Characters between a span and the nearest of some ranges; 0 if it is in one. */
function distanceTo(ranges: readonly Span[], [start, end]: Span): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [from, to] of ranges) nearest = Math.min(nearest, Math.max(0, from - end, start - to));
  return nearest;
}
