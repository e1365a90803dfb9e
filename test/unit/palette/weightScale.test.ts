import assert from 'node:assert/strict';
import { contrastRatio, textOn } from '../../../src/palette/contrast';
import { distance, fromRgb, toLinear, type Rgb } from '../../../src/palette/oklab';
import { signedStepOf, stepOf, weightOf } from '../../../src/palette/weightCoding';
import {
  SCALE_STEPS,
  colourAt,
  divergingScale,
  weightScale,
  weightScaleLab,
  weightSteps,
  type ScaleDirection,
  type ScaleTheme,
} from '../../../src/palette/weightScale';

const themes: readonly ScaleTheme[] = ['dark', 'light', 'highContrastDark', 'highContrastLight'];
const directions: readonly ScaleDirection[] = ['looksAt', 'lookedAt'];
const backgrounds: Record<ScaleTheme, Rgb> = {
  dark: [31, 31, 31],
  light: [255, 255, 255],
  highContrastDark: [0, 0, 0],
  highContrastLight: [255, 255, 255],
};
const isDark = (theme: ScaleTheme): boolean => theme === 'dark' || theme === 'highContrastDark';

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear light: how colour-blind eyes see. */
const deficiencies: Record<string, readonly (readonly [number, number, number])[]> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const display = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;

function seenBy(matrix: readonly (readonly [number, number, number])[], colour: Rgb): Rgb {
  const [r, g, b] = colour.map((byte) => linear(byte / 255)) as [number, number, number];
  return matrix.map(([x, y, z]) => {
    const light = Math.min(1, Math.max(0, x * r + y * g + z * b));
    return 255 * display(light);
  }) as unknown as Rgb;
}

describe('weight scale', () => {
  for (const theme of themes)
    for (const direction of directions) {
      const points = weightScaleLab(theme, direction);

      it(`${theme}, ${direction}: lightness only goes away from the background`, () => {
        const sign = isDark(theme) ? 1 : -1;
        points.slice(1).forEach((point, i) => {
          const before = points[i];
          assert.ok(before !== undefined && sign * (point.l - before.l) > 0, `step ${i + 1}`);
        });
      });

      it(`${theme}, ${direction}: equal steps look equal`, () => {
        const steps = points.slice(1).map((point, i) => distance(point, points[i] ?? point));
        const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
        for (const step of steps)
          assert.ok(Math.abs(step / mean - 1) < 0.2, `${step} against ${mean}`);
      });

      it(`${theme}, ${direction}: every colour can be shown`, () => {
        for (const point of points)
          for (const light of toLinear(point))
            assert.ok(light > -0.005 && light < 1.005, String(light));
      });

      it(`${theme}, ${direction}: text on every step has a contrast of 4.5 or more`, () => {
        const scale = weightScale(theme, direction);
        for (let step = 0; step < SCALE_STEPS; step++) {
          const colour = colourAt(scale, step);
          assert.ok(contrastRatio(colour, textOn(colour)) >= 4.5, `step ${step}`);
        }
      });

      it(`${theme}, ${direction}: the low end is near the theme's background`, () => {
        const low = colourAt(weightScale(theme, direction), 0);
        assert.ok(contrastRatio(low, backgrounds[theme]) < 1.2);
      });

      it(`${theme}, ${direction}: the order survives every colour blindness`, () => {
        const colours = weightSteps(theme, direction, 16);
        const sign = isDark(theme) ? 1 : -1;
        for (const [name, matrix] of Object.entries(deficiencies)) {
          const seen = colours.map((colour) => fromRgb(seenBy(matrix, colour)).l);
          seen
            .slice(1)
            .forEach((l, i) =>
              assert.ok(sign * (l - (seen[i] ?? 0)) > 0.008, `${name}, step ${i + 1}`),
            );
        }
      });
    }

  it('tells the two directions apart for colour-blind eyes', () => {
    for (const theme of themes)
      for (const [name, matrix] of Object.entries(deficiencies)) {
        const [orange, blue] = directions.map((direction) =>
          fromRgb(seenBy(matrix, colourAt(weightScale(theme, direction), 160))),
        );
        assert.ok(
          orange !== undefined && blue !== undefined && distance(orange, blue) > 0.1,
          `${theme}, ${name}`,
        );
      }
  });

  it('samples fixed steps from the first colour to the last', () => {
    const steps = weightSteps('dark', 'looksAt', 16);
    const scale = weightScale('dark', 'looksAt');
    assert.equal(steps.length, 16);
    assert.deepEqual(steps[0], colourAt(scale, 0));
    assert.deepEqual(steps[15], colourAt(scale, 255));
  });
});

describe('diverging scale', () => {
  for (const theme of themes)
    it(`${theme}: grows equally far from the background on both sides`, () => {
      const scale = divergingScale(theme);
      const middle = fromRgb(colourAt(scale, 127));
      const [low, high] = [fromRgb(colourAt(scale, 0)), fromRgb(colourAt(scale, 255))];
      assert.equal(scale.length, 3 * SCALE_STEPS);
      assert.ok(Math.hypot(middle.a, middle.b) < 0.01, 'grey in the middle');
      assert.ok(Math.abs(Math.abs(low.l - middle.l) - Math.abs(high.l - middle.l)) < 0.06);
      for (const [name, matrix] of Object.entries(deficiencies))
        assert.ok(
          distance(
            fromRgb(seenBy(matrix, colourAt(scale, 0))),
            fromRgb(seenBy(matrix, colourAt(scale, 255))),
          ) > 0.1,
          name,
        );
    });
});

describe('weight coding', () => {
  it('is undone by its inverse to within half a step', () => {
    for (let step = 0; step <= 255; step++) assert.equal(stepOf(weightOf(step, 0.7), 0.7), step);
  });

  it('keeps small weights visible', () => {
    assert.equal(stepOf(1 / 512, 1), 11);
    assert.equal(stepOf(0.25, 1), 128);
  });

  it('has a colour for what cannot be compared', () => {
    assert.equal(stepOf(0, 0), 0);
    assert.equal(stepOf(Number.NaN, 1), 0);
    assert.equal(stepOf(2, 1), 255);
  });

  it('puts zero in the middle of signed values', () => {
    assert.equal(signedStepOf(0, 1), 128);
    assert.equal(signedStepOf(-1, 1), 0);
    assert.equal(signedStepOf(1, 1), 255);
  });
});
