/**
 * The colours that Headlight contributes to VS Code's themes, as `contributes.colors` of
 * package.json lists them: `scripts/themeColours.mjs` writes that list, and a test compares.
 */
import { lineColours } from './lineColours';
import type { Rgb } from './oklab';
import { stepBorders, stepFills, stepTextColours, type Fill } from './editorSteps';
import type { ScaleDirection, ScaleTheme } from './weightScale';

/** One entry; its description is a key of package.nls.json, its defaults are `#…` or ids of other colours. */
export interface ThemeColour {
  readonly id: string;
  readonly description: string;
  readonly defaults: {
    readonly dark: string;
    readonly light: string;
    readonly highContrast: string;
    readonly highContrastLight: string;
  };
}

const prefixes: Record<ScaleDirection, string> = {
  looksAt: 'headlight.weight',
  lookedAt: 'headlight.lookedAt',
};

/** Id of a step's colour: a fill, in high-contrast themes a border. */
export const stepColourId = (direction: ScaleDirection, step: number): string =>
  `${prefixes[direction]}${step}`;

export const QUERY_COLOUR_ID = 'headlight.query';
export const textColourIds = {
  middle: 'headlight.middleForeground',
  strong: 'headlight.strongForeground',
} as const;

const byte = (value: number): string => Math.round(value).toString(16).padStart(2, '0');
const hex = (colour: Rgb): string => `#${colour.map(byte).join('')}`;
const hexOf = ({ colour, alpha }: Fill): string =>
  hex(colour) + (alpha === 1 ? '' : byte(255 * alpha));

/** The fourth line colour. */
const violet = (theme: ScaleTheme): string => hex(lineColours(theme)[3] ?? [0, 0, 0]);

function steps(direction: ScaleDirection): ThemeColour[] {
  const dark = stepFills('dark', direction).map(hexOf);
  const light = stepFills('light', direction).map(hexOf);
  const highContrast = stepBorders('highContrastDark', direction).map(hex);
  const highContrastLight = stepBorders('highContrastLight', direction).map(hex);
  return dark.map((_, step) => ({
    id: stepColourId(direction, step),
    description: `%color.${direction}%`,
    defaults: {
      dark: dark[step] ?? '',
      light: light[step] ?? '',
      highContrast: highContrast[step] ?? '',
      highContrastLight: highContrastLight[step] ?? '',
    },
  }));
}

/** In high-contrast themes nothing is filled, so text keeps the theme's colours. */
function text(kind: 'middle' | 'strong'): ThemeColour {
  return {
    id: textColourIds[kind],
    description: `%color.${kind}Foreground%`,
    defaults: {
      dark: hex(stepTextColours('dark')[kind]),
      light: hex(stepTextColours('light')[kind]),
      highContrast: 'editor.foreground',
      highContrastLight: 'editor.foreground',
    },
  };
}

export const themeColours = (): ThemeColour[] => [
  ...steps('looksAt'),
  ...steps('lookedAt'),
  text('middle'),
  text('strong'),
  {
    id: QUERY_COLOUR_ID,
    description: '%color.query%',
    // By the colour of text, as in the panel. Where weights are lines too the frame needs a hue of
    // its own: violet, which neither direction has, and no letter is lost in it.
    defaults: {
      dark: 'editor.foreground',
      light: 'editor.foreground',
      highContrast: violet('highContrastDark'),
      highContrastLight: violet('highContrastLight'),
    },
  },
];
