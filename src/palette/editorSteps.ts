/**
 * The colour scale as an editor can show it: a few fixed steps, each behind or around text that
 * must stay readable. The steps are colours of the same scale as everywhere else.
 */
import { contrastRatio, textOn } from './contrast';
import type { Rgb } from './oklab';
import {
  SCALE_STEPS,
  colourAt,
  weightScale,
  weightSteps,
  type ScaleDirection,
  type ScaleTheme,
} from './weightScale';

/** Every step is a kind of decoration of its own; more could not be told apart in a text. */
export const EDITOR_STEPS = 16;

/** Ground and text of VS Code's default theme of a kind. */
export const defaultEditor: Record<ScaleTheme, { background: Rgb; foreground: Rgb }> = {
  dark: { background: [31, 31, 31], foreground: [204, 204, 204] },
  light: { background: [255, 255, 255], foreground: [59, 59, 59] },
  highContrastDark: { background: [0, 0, 0], foreground: [255, 255, 255] },
  highContrastLight: { background: [255, 255, 255], foreground: [41, 41, 41] },
};

/** A colour and how much of it covers what is beneath, 0–1. */
export interface Fill {
  readonly colour: Rgb;
  readonly alpha: number;
}

/** Of 255: alpha in whole bytes, as it is written. */
const BYTE = 255;

/**
 * The fills behind the text, from no weight to the largest. Each is as transparent as it can be
 * while it has the scale's colour on the default background: so weak steps fit every background,
 * and let the current line and search hits through.
 */
export function stepFills(theme: ScaleTheme, direction: ScaleDirection): Fill[] {
  const { background } = defaultEditor[theme];
  return weightSteps(theme, direction, EDITOR_STEPS).map((wanted) =>
    coveringLeast(wanted, background),
  );
}

function coveringLeast(wanted: Rgb, background: Rgb): Fill {
  const needed = wanted.map((channel, i) => {
    const under = background[i] ?? 0;
    if (channel === under) return 0;
    return channel > under ? (channel - under) / (BYTE - under) : (under - channel) / under;
  });
  const alpha = Math.ceil(BYTE * Math.max(...needed)) / BYTE;
  const channel = (i: 0 | 1 | 2): number =>
    Math.min(BYTE, Math.max(0, Math.round((wanted[i] - (1 - alpha) * background[i]) / alpha)));
  return alpha === 0
    ? { colour: wanted, alpha: 1 / BYTE }
    : { colour: [channel(0), channel(1), channel(2)], alpha };
}

/** What a fill looks like on a background. */
export function blended({ colour, alpha }: Fill, background: Rgb): Rgb {
  const channel = (i: 0 | 1 | 2): number =>
    Math.round(alpha * colour[i] + (1 - alpha) * background[i]);
  return [channel(0), channel(1), channel(2)];
}

/** WCAG 2.1, criterion 1.4.11: least contrast of what must be seen but not read. */
const VISIBLE = 3;

/**
 * The borders around the text in high-contrast themes: the part of the scale that can be seen on
 * the background, in as many equal steps.
 */
export function stepBorders(theme: ScaleTheme, direction: ScaleDirection): Rgb[] {
  const { background } = defaultEditor[theme];
  const scale = weightScale(theme, direction);
  let first = 0;
  while (first < SCALE_STEPS - 1 && contrastRatio(colourAt(scale, first), background) < VISIBLE)
    first++;
  const stride = (SCALE_STEPS - 1 - first) / (EDITOR_STEPS - 1);
  return Array.from({ length: EDITOR_STEPS }, (_, step) => colourAt(scale, first + step * stride));
}

/** Colour of the text on a step: the theme's own, or one of two that stand out from the fill. */
export type StepText = 'theme' | 'middle' | 'strong';

/**
 * Contrast (WCAG 2, level AAA) down to which the theme's own text colours stay. More than text
 * needs, since syntax colours are dimmer than the plain foreground that is measured here.
 */
const ROOMY = 7;

/** Black and white, whichever middling and strong fills of a theme need. */
export const stepTextColours = (theme: ScaleTheme): Record<Exclude<StepText, 'theme'>, Rgb> => {
  const strongest = weightSteps(theme, 'looksAt', EDITOR_STEPS).at(-1) ?? [0, 0, 0];
  const strong = textOn(strongest);
  return { strong, middle: strong[0] === 0 ? [BYTE, BYTE, BYTE] : [0, 0, 0] };
};

/** For each step, which text colour is read on it. */
export function stepTexts(theme: ScaleTheme, direction: ScaleDirection): StepText[] {
  const { foreground } = defaultEditor[theme];
  const { strong } = stepTextColours(theme);
  return weightSteps(theme, direction, EDITOR_STEPS).map((fill) => {
    if (contrastRatio(fill, foreground) >= ROOMY) return 'theme';
    return textOn(fill)[0] === strong[0] ? 'strong' : 'middle';
  });
}
