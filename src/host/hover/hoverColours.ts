import {
  divergingScale,
  weightScale,
  type ColourScale,
  type ScaleTheme,
} from '../../palette/weightScale';

/** The scales of one theme, the same as in editor and panel. */
export interface HoverColours {
  readonly theme: ScaleTheme;
  readonly looksAt: ColourScale;
  readonly lookedAt: ColourScale;
  /** Of positional encodings. */
  readonly signed: ColourScale;
}

/** Laying a scale out takes a millisecond: a reader of hovers keeps it until the theme changes. */
export const hoverColours = (theme: ScaleTheme): HoverColours => ({
  theme,
  looksAt: weightScale(theme, 'looksAt'),
  lookedAt: weightScale(theme, 'lookedAt'),
  signed: divergingScale(theme),
});
