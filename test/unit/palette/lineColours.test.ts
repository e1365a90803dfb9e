import assert from 'node:assert/strict';
import { contrastRatio } from '../../../src/palette/contrast';
import { lineColours } from '../../../src/palette/lineColours';
import { distance, fromRgb, type Rgb } from '../../../src/palette/oklab';
import type { ScaleTheme } from '../../../src/palette/weightScale';

const backgrounds: Record<ScaleTheme, Rgb> = {
  dark: [31, 31, 31],
  light: [255, 255, 255],
  highContrastDark: [0, 0, 0],
  highContrastLight: [255, 255, 255],
};
/** WCAG 2.1, 1.4.11: what graphics need to be seen. */
const LEAST_CONTRAST = 3;
/** A just noticeable difference is about 0.02. */
const LEAST_DISTANCE = 0.08;

describe('chart lines', () => {
  for (const [theme, background] of Object.entries(backgrounds) as [ScaleTheme, Rgb][])
    it(`are seen and told apart in ${theme}`, () => {
      const colours = lineColours(theme);
      assert.equal(colours.length, 6);
      colours.forEach((colour, i) => {
        const contrast = contrastRatio(colour, background);
        assert.ok(contrast >= LEAST_CONTRAST, `line ${i}: ${contrast.toFixed(2)}`);
        colours.slice(i + 1).forEach((other, j) => {
          const apart = distance(fromRgb(colour), fromRgb(other));
          assert.ok(apart >= LEAST_DISTANCE, `lines ${i} and ${i + 1 + j}: ${apart.toFixed(3)}`);
        });
      });
    });
});
