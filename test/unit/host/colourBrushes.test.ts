import assert from 'node:assert/strict';
import { EDITOR_STEPS } from '../../../src/palette/editorSteps';
import { themeColours } from '../../../src/palette/themeColours';
import type { ScaleTheme } from '../../../src/palette/weightScale';
import type { Direction } from '../../../src/protocol/address';
import type { Brush } from '../../../src/host/editor/brush';
import { brushStyles, unsplit, type BrushStyle } from '../../../src/host/editor/brushStyle';

const themes: readonly ScaleTheme[] = ['dark', 'light', 'highContrastDark', 'highContrastLight'];
const directions: readonly Direction[] = ['looksAt', 'lookedAt'];
const weights = (direction: Direction): Brush[] =>
  Array.from({ length: EDITOR_STEPS }, (_, step) => ({ kind: 'weight', direction, step }));
const query = (step: number | null, stale = false): Brush => ({
  kind: 'query',
  stale,
  approximate: false,
  direction: 'looksAt',
  step,
});
const brushes: readonly Brush[] = [
  ...directions.flatMap(weights),
  ...directions.map((direction): Brush => ({ kind: 'strongest', direction })),
  query(null),
  query(9),
];

const idsIn = ({ fill, text, border, outline, ruler }: BrushStyle): string[] =>
  [fill, text, border?.colour, outline?.colour, ruler].filter((id) => id !== undefined);

describe('looks of brushes', () => {
  it('use the contributed colours, and every one of them', () => {
    const contributed = themeColours().map(({ id }) => id);
    const used = themes.flatMap((theme) => brushes.map(brushStyles(theme)).flatMap(idsIn));
    assert.deepEqual([...new Set(used)].sort(), contributed.sort());
  });

  for (const theme of ['dark', 'light'] as const)
    it(`${theme}: fill, and from some step on also recolour the text`, () => {
      for (const direction of directions) {
        const styles = weights(direction).map(brushStyles(theme));
        const prefix = direction === 'looksAt' ? 'weight' : 'lookedAt';
        styles.forEach(({ fill, border }, step) => {
          assert.equal(fill, `headlight.${prefix}${step}`);
          assert.equal(border, undefined);
        });
        assert.equal(styles[0]?.text, undefined);
        assert.equal(styles.at(-1)?.text, 'headlight.strongForeground');
      }
    });

  for (const theme of ['highContrastDark', 'highContrastLight'] as const)
    it(`${theme}: only draw borders, heavier with the weight, and leave the text alone`, () => {
      for (const direction of directions) {
        const styles = weights(direction).map(brushStyles(theme));
        for (const { fill, text, border } of styles) {
          assert.equal(fill, undefined);
          assert.equal(text, undefined);
          assert.ok(border !== undefined);
        }
        const widths = styles.map(({ border }) => parseFloat(border?.width ?? ''));
        assert.deepEqual(
          widths,
          widths.toSorted((a, b) => a - b),
        );
        const kinds = [...new Set(styles.map(({ border }) => border?.style))];
        assert.deepEqual(kinds, ['dotted', 'dashed', 'solid', 'double']);
      }
    });

  it('never recolour the text where that would split a line, and still tell weights apart', () => {
    for (const theme of themes)
      for (const brush of brushes) {
        const style = brushStyles(theme)(brush);
        const whole = unsplit(brush, style);
        assert.equal(whole.text, undefined);
        if (style.text === undefined) assert.equal(whole, style);
        else assert.ok(idsIn(whole).includes(style.fill ?? ''), 'a line of the same colour');
        if (brush.kind === 'query') assert.equal(whole.border?.colour, 'headlight.query');
      }
  });

  it('frame the chosen token, broken where the text is stale', () => {
    for (const theme of themes) {
      const styles = brushStyles(theme);
      for (const step of [null, 3]) {
        assert.equal(styles(query(step)).border?.style, 'solid');
        assert.equal(styles(query(step, true)).border?.style, 'dashed');
        assert.equal(styles(query(step)).border?.colour, 'headlight.query');
      }
      assert.deepEqual(Object.keys(styles(query(null))), ['border']);
    }
  });

  it('show the own weight of the chosen token with the frame', () => {
    for (const theme of themes) {
      const styles = brushStyles(theme);
      const weight = styles({ kind: 'weight', direction: 'looksAt', step: 9 });
      const { border: _, outline, ...rest } = styles(query(9));
      if (weight.border === undefined) assert.deepEqual(rest, weight);
      else assert.deepEqual(outline, weight.border);
    }
  });

  it('mark the strongest on the ruler only', () => {
    const style = brushStyles('dark')({ kind: 'strongest', direction: 'lookedAt' });
    assert.deepEqual(style, { ruler: 'headlight.lookedAt15' });
  });
});
