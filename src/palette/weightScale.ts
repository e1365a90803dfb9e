/**
 * The colour scale of attention weights, the same in editor, hover and panel: from the theme's
 * background to a strong colour, orange for “looks at”, blue for “looked at by”. Orange against
 * blue is told apart in all common forms of colour blindness, and lightness alone carries the order.
 */
import { distance, fromPolar, toRgb, type Lab, type Rgb } from './oklab';

export type ScaleTheme = 'dark' | 'light' | 'highContrastDark' | 'highContrastLight';
export type ScaleDirection = 'looksAt' | 'lookedAt';

/** 256 colours, `[step, channel]`, one byte each. */
export type ColourScale = Uint8Array;

export const SCALE_STEPS = 256;

/** A quadratic Bézier curve through OKLab; the control point keeps the middle of a scale colourful. */
interface Curve {
  readonly from: Lab;
  readonly via: Lab;
  readonly to: Lab;
}

/** The low ends: a little off VS Code's default backgrounds, so that a zero still shows its cell. */
const background: Record<ScaleTheme, number> = {
  dark: 0.265,
  light: 0.965,
  highContrastDark: 0.12,
  highContrastLight: 0.985,
};

const dark = {
  looksAt: { via: fromPolar(0.57, 0.19, 52), to: fromPolar(0.86, 0.12, 76) },
  lookedAt: { via: fromPolar(0.55, 0.175, 257), to: fromPolar(0.87, 0.085, 226) },
};
const light = {
  looksAt: { via: fromPolar(0.79, 0.175, 64), to: fromPolar(0.43, 0.115, 42) },
  lookedAt: { via: fromPolar(0.76, 0.12, 240), to: fromPolar(0.38, 0.13, 262) },
};
const ends: Record<ScaleTheme, Record<ScaleDirection, { via: Lab; to: Lab }>> = {
  dark,
  light,
  highContrastDark: {
    looksAt: { via: fromPolar(0.54, 0.14, 50), to: fromPolar(0.93, 0.08, 88) },
    lookedAt: { via: fromPolar(0.54, 0.165, 258), to: fromPolar(0.92, 0.07, 210) },
  },
  highContrastLight: {
    looksAt: { via: fromPolar(0.76, 0.165, 62), to: fromPolar(0.33, 0.085, 42) },
    lookedAt: { via: fromPolar(0.72, 0.13, 245), to: fromPolar(0.3, 0.12, 264) },
  },
};

interface SignedEnd {
  readonly via: Lab;
  readonly to: Lab;
}

/**
 * Purple and green: as safe as blue and orange, and not to be taken for weights. Quiet, since a
 * strip of them stands under every token.
 */
const signedEnds: Record<'dark' | 'light', { below: SignedEnd; above: SignedEnd }> = {
  dark: {
    below: { via: fromPolar(0.5, 0.12, 310), to: fromPolar(0.74, 0.13, 312) },
    above: { via: fromPolar(0.5, 0.1, 160), to: fromPolar(0.76, 0.12, 158) },
  },
  light: {
    below: { via: fromPolar(0.75, 0.09, 312), to: fromPolar(0.47, 0.16, 310) },
    above: { via: fromPolar(0.76, 0.1, 160), to: fromPolar(0.47, 0.1, 160) },
  },
};

/** Fine enough that the curve's length is known far better than one of the 256 steps. */
const SUBDIVISIONS = 2048;

function along({ from, via, to }: Curve, t: number): Lab {
  const mix = (p: number, q: number, r: number): number =>
    (1 - t) * (1 - t) * p + 2 * t * (1 - t) * q + t * t * r;
  return {
    l: mix(from.l, via.l, to.l),
    a: mix(from.a, via.a, to.a),
    b: mix(from.b, via.b, to.b),
  };
}

/** Points at equal distances along the curve: that is what makes the scale perceptually uniform. */
function evenly(curve: Curve, count: number): Lab[] {
  const lengths = [0];
  let last = curve.from;
  for (let i = 1; i <= SUBDIVISIONS; i++) {
    const next = along(curve, i / SUBDIVISIONS);
    lengths.push((lengths[i - 1] ?? 0) + distance(last, next));
    last = next;
  }
  const total = lengths[SUBDIVISIONS] ?? 0;
  const points: Lab[] = [];
  let i = 0;
  for (let step = 0; step < count; step++) {
    const wanted = (total * step) / (count - 1);
    while (i < SUBDIVISIONS && (lengths[i] ?? 0) < wanted) i++;
    points.push(along(curve, i / SUBDIVISIONS));
  }
  return points;
}

const curveOf = (theme: ScaleTheme, direction: ScaleDirection): Curve => ({
  from: fromPolar(background[theme], 0, 0),
  ...ends[theme][direction],
});

/** The points of a scale before they become sRGB. */
export function weightScaleLab(
  theme: ScaleTheme,
  direction: ScaleDirection,
  steps: number = SCALE_STEPS,
): Lab[] {
  return evenly(curveOf(theme, direction), steps);
}

const pack = (points: readonly Lab[]): ColourScale =>
  Uint8Array.from(points.flatMap((point) => [...toRgb(point)]));

/** 256 colours from no weight to the largest. */
export function weightScale(theme: ScaleTheme, direction: ScaleDirection): ColourScale {
  return pack(weightScaleLab(theme, direction));
}

/** A few colours of the scale, evenly spaced: the fixed steps of editor decorations. */
export function weightSteps(theme: ScaleTheme, direction: ScaleDirection, count: number): Rgb[] {
  return weightScaleLab(theme, direction, count).map(toRgb);
}

/** Signed values: purple below zero, green above, the background at zero (step 127½). */
export function divergingScale(theme: ScaleTheme): ColourScale {
  const half = SCALE_STEPS / 2;
  const from = fromPolar(background[theme], 0, 0);
  const arm = (end: SignedEnd): Lab[] => evenly({ from, ...end }, half);
  const { below, above } =
    signedEnds[theme === 'light' || theme === 'highContrastLight' ? 'light' : 'dark'];
  return pack([...arm(below).toReversed(), ...arm(above)]);
}

/** The colour at a step, clamped to the scale. */
export function colourAt(scale: ColourScale, step: number): Rgb {
  const index = 3 * Math.min(SCALE_STEPS - 1, Math.max(0, Math.round(step)));
  return [scale[index] ?? 0, scale[index + 1] ?? 0, scale[index + 2] ?? 0];
}

/** As CSS reads it. */
export const cssColour = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`;
