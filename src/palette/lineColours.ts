/**
 * Colours of chart lines. VS Code's own chart colours are made for fills: one theme's orange is a
 * brown that disappears on its background, so these are of one lightness, far from both grounds.
 */
import { fromPolar, toRgb, type Rgb } from './oklab';
import type { ScaleTheme } from './weightScale';

/** Blue and orange first: with two lines, every eye tells them apart. Degrees in OKLab. */
const HUES = [250, 62, 155, 312, 5, 110];

const tones: Record<ScaleTheme, { lightness: number; chroma: number }> = {
  dark: { lightness: 0.74, chroma: 0.14 },
  light: { lightness: 0.54, chroma: 0.15 },
  highContrastDark: { lightness: 0.82, chroma: 0.14 },
  highContrastLight: { lightness: 0.47, chroma: 0.15 },
};

export function lineColours(theme: ScaleTheme): Rgb[] {
  const { lightness, chroma } = tones[theme];
  return HUES.map((hue) => toRgb(fromPolar(lightness, chroma, hue)));
}
