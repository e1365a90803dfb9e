import { QUERY_COLOUR_ID, stepColourId, textColourIds } from '../../palette/themeColours';
import type { Direction } from '../../protocol/address';
import type { ScaleTheme } from '../../palette/weightScale';
import { EDITOR_STEPS, stepTexts } from '../../palette/editorSteps';
import type { Brush } from './brush';

/** A line around characters; `colour` is the id of a theme colour. */
export interface BrushLine {
  readonly width: string;
  readonly style: 'dotted' | 'dashed' | 'solid' | 'double';
  readonly colour: string;
}

/** How a brush looks, in ids of theme colours, so that a reader's own colours hold. */
export interface BrushStyle {
  readonly fill?: string;
  readonly text?: string;
  /** Inside the characters' box. */
  readonly border?: BrushLine;
  /** Outside of it. */
  readonly outline?: BrushLine;
  readonly ruler?: string;
}

type LineFrom = Omit<BrushLine, 'colour'> & { readonly from: number };

/** Lines that grow with the weight, for eyes that do not tell colours apart. From which step on. */
const lines: readonly [LineFrom, ...LineFrom[]] = [
  { from: 0, width: '1px', style: 'dotted' },
  { from: 4, width: '1px', style: 'dashed' },
  { from: 8, width: '1px', style: 'solid' },
  { from: 12, width: '2px', style: 'solid' },
  { from: EDITOR_STEPS - 1, width: '3px', style: 'double' },
];

const isHighContrast = (theme: ScaleTheme): boolean =>
  theme === 'highContrastDark' || theme === 'highContrastLight';

/**
 * How brushes look in a kind of theme. In high contrast they draw borders instead of fills: text
 * keeps the colours it was chosen for.
 */
export function brushStyles(theme: ScaleTheme): (brush: Brush) => BrushStyle {
  const texts = {
    looksAt: stepTexts(theme, 'looksAt'),
    lookedAt: stepTexts(theme, 'lookedAt'),
  };
  const fillOf = (direction: Direction, step: number): BrushStyle => {
    const fill = stepColourId(direction, step);
    const text = texts[direction][step] ?? 'theme';
    return text === 'theme' ? { fill } : { fill, text: textColourIds[text] };
  };
  return (brush) => {
    switch (brush.kind) {
      case 'weight': {
        const { direction, step } = brush;
        return isHighContrast(theme)
          ? { border: lineOf(direction, step) }
          : fillOf(direction, step);
      }
      case 'strongest':
        return { ruler: stepColourId(brush.direction, EDITOR_STEPS - 1) };
      case 'query': {
        // Frame and fill are one decoration: of two, VS Code may draw the fill above the frame.
        const { direction, step, stale, approximate } = brush;
        const style = approximate ? 'dotted' : stale ? 'dashed' : 'solid';
        const border: BrushLine = { width: '2px', style, colour: QUERY_COLOUR_ID };
        if (step === null) return { border };
        return isHighContrast(theme)
          ? { border, outline: lineOf(direction, step) }
          : { border, ...fillOf(direction, step) };
      }
    }
  };
}

/**
 * The same without a colour of the text, which would make elements of their own of the characters:
 * in a line with right-to-left writing VS Code isolates elements from each other, and its words and
 * letters would change places. Where text cannot be read on the fill there is a line around it instead.
 */
export function unsplit(brush: Brush, style: BrushStyle): BrushStyle {
  if (style.text === undefined || brush.kind === 'strongest' || brush.step === null) return style;
  const line = lineOf(brush.direction, brush.step);
  return style.border === undefined ? { border: line } : { border: style.border, outline: line };
}

function lineOf(direction: Direction, step: number): BrushLine {
  const { width, style } = lines.findLast(({ from }) => from <= step) ?? lines[0];
  return { width, style, colour: stepColourId(direction, step) };
}
