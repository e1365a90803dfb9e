import assert from 'node:assert/strict';
import { contrastRatio } from '../../../src/palette/contrast';
import {
  EDITOR_STEPS,
  blended,
  defaultEditor,
  stepBorders,
  stepFills,
  stepTextColours,
  stepTexts,
} from '../../../src/palette/editorSteps';
import { fromRgb } from '../../../src/palette/oklab';
import {
  weightSteps,
  type ScaleDirection,
  type ScaleTheme,
} from '../../../src/palette/weightScale';

const themes: readonly ScaleTheme[] = ['dark', 'light', 'highContrastDark', 'highContrastLight'];
const directions: readonly ScaleDirection[] = ['looksAt', 'lookedAt'];
/** WCAG 2, level AA: least contrast of text. */
const READABLE = 4.5;

describe('editor steps', () => {
  for (const theme of themes)
    for (const direction of directions) {
      const { background, foreground } = defaultEditor[theme];
      const fills = stepFills(theme, direction);
      const seen = fills.map((fill) => blended(fill, background));

      it(`${theme}, ${direction}: on the default background, fills are the scale's colours`, () => {
        const wanted = weightSteps(theme, direction, EDITOR_STEPS);
        assert.equal(seen.length, EDITOR_STEPS);
        seen.forEach((colour, step) =>
          colour.forEach((channel, i) =>
            assert.ok(Math.abs(channel - (wanted[step]?.[i] ?? NaN)) <= 1, `step ${step}`),
          ),
        );
      });

      it(`${theme}, ${direction}: the more weight, the more a fill covers`, () => {
        assert.ok((fills[0]?.alpha ?? 1) <= 0.06, 'the lowest step is a faint plate');
        fills.slice(1).forEach(({ alpha }, i) => assert.ok(alpha > (fills[i]?.alpha ?? 1)));
      });

      it(`${theme}, ${direction}: the text on every step is readable`, () => {
        const colours = { theme: foreground, ...stepTextColours(theme) };
        const texts = stepTexts(theme, direction);
        assert.equal(texts.length, EDITOR_STEPS);
        texts.forEach((text, step) => {
          const ratio = contrastRatio(seen[step] ?? background, colours[text]);
          assert.ok(ratio >= READABLE, `step ${step}: ${ratio.toFixed(2)}`);
        });
      });

      it(`${theme}, ${direction}: low steps leave syntax colours alone, high ones do not`, () => {
        const texts = stepTexts(theme, direction);
        assert.deepEqual(texts.slice(0, 3), ['theme', 'theme', 'theme']);
        assert.equal(texts.at(-1), 'strong');
        const order = ['theme', 'middle', 'strong'];
        const ranks = texts.map((text) => order.indexOf(text));
        assert.deepEqual(
          ranks,
          [...ranks].sort((a, b) => a - b),
        );
      });

      it(`${theme}, ${direction}: every border can be seen, and stronger ones better`, () => {
        const borders = stepBorders(theme, direction);
        assert.equal(borders.length, EDITOR_STEPS);
        const ratios = borders.map((border) => contrastRatio(border, background));
        ratios.forEach((ratio, step) => {
          assert.ok(ratio >= 3, `step ${step}: ${ratio.toFixed(2)}`);
          assert.ok(step === 0 || ratio > (ratios[step - 1] ?? 0), `step ${step}`);
        });
        assert.deepEqual(borders.at(-1), weightSteps(theme, direction, EDITOR_STEPS).at(-1));
      });
    }

  it('the two directions differ in hue at every step but the lowest', () => {
    const hue = (colour: readonly [number, number, number]): number => {
      const { a, b } = fromRgb(colour);
      return (Math.atan2(b, a) * 180) / Math.PI;
    };
    for (const theme of themes) {
      const [orange = [], blue = []] = directions.map((direction) =>
        weightSteps(theme, direction, EDITOR_STEPS).map(hue),
      );
      for (let step = 1; step < EDITOR_STEPS; step++) {
        const apart = Math.abs((orange[step] ?? 0) - (blue[step] ?? 0));
        assert.ok(Math.min(apart, 360 - apart) > 90, `${theme}, step ${step}`);
      }
    }
  });
});
