// The theme colours of package.json are the palette's: the same scale in editor, hover and panel.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { fromRgb } from '../../src/palette/oklab';
import { themeColours } from '../../src/palette/themeColours';

const coloursSchema = v.array(v.looseObject({ id: v.string() }));
const manifestSchema = v.looseObject({ contributes: v.looseObject({ colors: coloursSchema }) });
const { contributes } = v.parse(
  manifestSchema,
  JSON.parse(readFileSync('package.json', 'utf8')) as unknown,
);
const ids = contributes.colors.map(({ id }) => id);

describe('theme colours', () => {
  it('are those of the palette', () => {
    assert.deepEqual(
      contributes.colors,
      themeColours(),
      'the palette changed: run `node scripts/themeColours.mjs`',
    );
  });

  it('are sixteen steps a direction, two text colours and a frame, each once', () => {
    for (const name of ['weight', 'lookedAt'])
      for (let step = 0; step < 16; step++) assert.ok(ids.includes(`headlight.${name}${step}`));
    for (const name of ['middleForeground', 'strongForeground', 'query'])
      assert.ok(ids.includes(`headlight.${name}`));
    assert.equal(new Set(ids).size, 2 * 16 + 3);
    assert.equal(ids.length, 2 * 16 + 3);
  });

  it('frame the chosen token in high contrast by a hue that no weight has', () => {
    const hue = (colour: string | undefined): number => {
      const channel = (at: number): number => parseInt(colour?.slice(at, at + 2) ?? '', 16);
      const { a, b } = fromRgb([channel(1), channel(3), channel(5)]);
      return (Math.atan2(b, a) * 180) / Math.PI;
    };
    const colours = themeColours();
    const frame = colours.find(({ id }) => id === 'headlight.query');
    const weights = colours.filter(({ id }) => /\d$/.test(id));
    for (const theme of ['highContrast', 'highContrastLight'] as const)
      for (const { id, defaults } of weights) {
        const apart = Math.abs(hue(frame?.defaults[theme]) - hue(defaults[theme]));
        assert.ok(Math.min(apart, 360 - apart) > 30, `${theme}, ${id}`);
      }
  });

  it('are written as VS Code reads them', () => {
    const written = /^(#[\da-f]{6}([\da-f]{2})?|[a-z]+(\.[a-z]+)?)$/i;
    for (const { id, defaults } of themeColours()) {
      assert.match(id, /^headlight\.\w+$/);
      for (const colour of Object.values(defaults)) assert.match(colour, written, id);
    }
  });
});
