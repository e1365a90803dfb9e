import type { Direction } from '../../protocol/address';
import type { ColourPlan } from './colourPlan';
import type { Span } from './trackedText';

/** One look that characters may get. Every brush is one kind of decoration in VS Code. */
export type Brush =
  | { readonly kind: 'weight'; readonly direction: Direction; readonly step: number }
  | { readonly kind: 'strongest'; readonly direction: Direction }
  | {
      readonly kind: 'query';
      readonly stale: boolean;
      /** The colours around it come from a preview. */
      readonly approximate: boolean;
      readonly direction: Direction;
      /** Of its own weight; null if it has none. */
      readonly step: number | null;
    };

/** A brush as the key of a map. */
export function brushName(brush: Brush): string {
  switch (brush.kind) {
    case 'weight':
      return `weight ${brush.direction} ${brush.step}`;
    case 'strongest':
      return `strongest ${brush.direction}`;
    case 'query':
      return `query ${brush.direction} ${brush.step ?? 'weightless'}${brush.stale ? ' stale' : ''}${brush.approximate ? ' approximate' : ''}`;
  }
}

/** What a brush paints. */
export interface Stroke {
  readonly brush: Brush;
  readonly spans: readonly Span[];
}

/** The strokes of a plan; a brush without characters is not among them. */
export function strokesOf(
  plan: ColourPlan,
  direction: Direction,
  stale: boolean,
  approximate = false,
): Stroke[] {
  const strokes: Stroke[] = plan.steps.map((spans, step) => ({
    brush: { kind: 'weight', direction, step },
    spans,
  }));
  strokes.push({ brush: { kind: 'strongest', direction }, spans: plan.strongest });
  if (plan.query !== null) {
    const { span, step } = plan.query;
    const brush: Brush = { kind: 'query', stale, approximate, direction, step };
    strokes.push({ brush, spans: [span] });
  }
  return strokes.filter(({ spans }) => spans.length > 0);
}
