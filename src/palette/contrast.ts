/** Contrast by WCAG 2, and the text colour that stands out from a background. */
import { luminance, type Rgb } from './oklab';

/** Contrast ratio of two colours, 1 (equal) to 21 (black on white). */
export function contrastRatio(x: Rgb, y: Rgb): number {
  const [darker, lighter] = [luminance(x), luminance(y)].sort((p, q) => p - q) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Black or white, whichever is read better: at least 4.58 : 1 on any colour, since √21 > 4.58. */
export function textOn(background: Rgb): Rgb {
  return contrastRatio(background, BLACK) >= contrastRatio(background, WHITE) ? BLACK : WHITE;
}
