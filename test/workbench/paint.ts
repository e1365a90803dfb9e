// What the colours in an editor have to be, and whether they are: on every token exactly the
// palette's step for its weight, and no colour anywhere else.
import assert from 'node:assert/strict';
import { defaultEditor, EDITOR_STEPS } from '../../src/palette/editorSteps';
import { QUERY_COLOUR_ID, stepColourId, themeColours } from '../../src/palette/themeColours';
import { stepOf } from '../../src/palette/weightCoding';
import type { ScaleDirection, ScaleTheme } from '../../src/palette/weightScale';
import type { LinePicture, Painted, Span } from './editorDom';

/** VS Code puts decorations on whole pixels. */
const PIXEL = 1.01;
/** VS Code writes alpha with two decimals. */
const ALPHA = 0.006;
export interface WeighedToken {
  readonly label: string;
  readonly span: Span;
  /** Null for a token whose side has no weights, or that is hidden. */
  readonly weight: number | null;
}

/** What is behind a line. */
export interface Expected {
  readonly theme: ScaleTheme;
  readonly direction: ScaleDirection;
  readonly tokens: readonly WeighedToken[];
  /** The largest weight of the row, also where it belongs to no character. */
  readonly maximum: number;
  /** Characters of the chosen token; null if it stands in another text. */
  readonly query: Span | null;
}

type Rgba = readonly [number, number, number, number];

/** `#rrggbb`, `#rrggbbaa`, `rgb(…)` and `rgba(…)`. */
function parseColour(colour: string): Rgba {
  if (colour.startsWith('#')) {
    const [r = 0, g = 0, b = 0, a = 255] = (colour.slice(1).match(/../g) ?? []).map((byte) =>
      Number.parseInt(byte, 16),
    );
    return [r, g, b, a / 255];
  }
  const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return [r, g, b, a];
}

const sameColour = (a: string, b: string): boolean => {
  const [x, y] = [parseColour(a), parseColour(b)];
  return x.slice(0, 3).every((c, i) => c === y[i]) && Math.abs(x[3] - y[3]) <= ALPHA;
};

const keys = {
  dark: 'dark',
  light: 'light',
  highContrastDark: 'highContrast',
  highContrastLight: 'highContrastLight',
} as const;

/** A contributed colour as a theme of that kind has it. */
export function contributed(id: string, theme: ScaleTheme): string {
  const colour = themeColours().find((one) => one.id === id)?.defaults[keys[theme]];
  assert.ok(colour !== undefined, `no colour ${id}`);
  return colour;
}

export const isHighContrast = (theme: ScaleTheme): boolean => theme.startsWith('highContrast');

/** The colour that a decoration stands for: of its fill, or where there is none of its line. */
function weightColour({ fill, border, outline }: Painted, framed: boolean): string | null {
  if (parseColour(fill)[3] > 0) return fill;
  return (framed ? outline : border)?.colour ?? null;
}

/** Whether this is the frame around the chosen token. */
function isFrame({ border }: Painted, theme: ScaleTheme): boolean {
  if (border === null) return false;
  const foreground = `rgb(${defaultEditor[theme].foreground.join()})`;
  const frame = isHighContrast(theme) ? contributed(QUERY_COLOUR_ID, theme) : foreground;
  return sameColour(border.colour, frame);
}

const same = (a: Span, b: Span): boolean => a[0] === b[0] && a[1] === b[1];

/** Tokens that share characters (the bytes of one) are one there, with the largest weight. */
function together(tokens: readonly WeighedToken[]): WeighedToken[] {
  const merged: WeighedToken[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (last === undefined || !same(last.span, token.span)) merged.push(token);
    else if ((token.weight ?? -1) > (last.weight ?? -1)) merged[merged.length - 1] = token;
  }
  return merged;
}

/** Characters of tokens, each once. */
export const spansOf = (tokens: readonly WeighedToken[]): Span[] =>
  together(tokens).map(({ span }) => span);

/** Throws where the picture is not what is expected. Its extents are those of `spansOf`. */
export function assertPainted(picture: LinePicture, expected: Expected): void {
  const { theme, direction, maximum, query } = expected;
  const tokens = together(expected.tokens);
  const edges = picture.extents.flatMap(({ left, right }) => [left, right]);
  for (const { left, right } of picture.painted)
    for (const edge of [left, right])
      assert.ok(
        edges.some((one) => Math.abs(one - edge) <= PIXEL),
        `a colour ends at ${edge}, where no token does`,
      );
  tokens.forEach(({ label, span, weight }, i) => {
    const { left, right } = picture.extents[i]!;
    if (right - left < PIXEL) return; // a joiner has no width
    const behind = picture.painted.filter(
      (one) => one.left <= left + PIXEL && one.right >= right - PIXEL,
    );
    const framed = query !== null && same(query, span);
    const frames = behind.filter((one) => isFrame(one, theme));
    assert.equal(frames.length, framed ? 1 : 0, `frames around “${label}”`);
    if (framed) assert.equal(frames[0]?.border?.style, 'solid');
    const colours = behind
      .map((one) => weightColour(one, isFrame(one, theme)))
      .filter((colour) => colour !== null);
    const wanted =
      weight === null
        ? []
        : [contributed(stepColourId(direction, stepOf(weight, maximum, EDITOR_STEPS - 1)), theme)];
    assert.equal(colours.length, wanted.length, `colours behind “${label}”: ${colours.join()}`);
    for (const [at, colour] of colours.entries())
      assert.ok(
        sameColour(colour, wanted[at]!),
        `“${label}” of weight ${weight} (most ${maximum}) has ${colour}, not ${wanted[at]}`,
      );
  });
}

/** Steps that the colours of an edited text stay within: the lowest third. */
const DIM_STEPS = 6;

/** Throws unless colours and frame are those of a text that was edited since. */
export function assertDimmed({ painted }: LinePicture, theme: 'dark' | 'light'): void {
  const dim = Array.from({ length: DIM_STEPS }, (_, step) =>
    contributed(stepColourId('looksAt', step), theme),
  );
  const fills = painted.map(({ fill }) => fill).filter((fill) => parseColour(fill)[3] > 0);
  assert.ok(fills.length > 0, 'no colours');
  for (const fill of fills)
    assert.ok(
      dim.some((one) => sameColour(one, fill)),
      `${fill} is not dimmed`,
    );
  const frames = painted.filter((one) => isFrame(one, theme));
  assert.deepEqual(
    frames.map(({ border }) => border?.style),
    ['dashed'],
  );
}
