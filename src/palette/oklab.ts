/**
 * OKLab (Björn Ottosson, 2020): a colour space whose distances are close to how different colours
 * look. Scales are laid out here and only then turned into sRGB, so that equal steps look equal.
 */

/** Red, green, blue, each 0–255. */
export type Rgb = readonly [number, number, number];

/** Lightness 0–1 and the two opponent axes. */
export interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

/** A colour by lightness, chroma and hue in degrees. */
export function fromPolar(l: number, chroma: number, hue: number): Lab {
  const angle = (hue * Math.PI) / 180;
  return { l, a: chroma * Math.cos(angle), b: chroma * Math.sin(angle) };
}

/** How different two colours look: the Euclidean distance. */
export function distance(x: Lab, y: Lab): number {
  return Math.hypot(x.l - y.l, x.a - y.a, x.b - y.b);
}

/** The sRGB transfer function: linear light 0–1 to a display value 0–1, and back. */
const encode = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
const decode = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

/** Linear-light sRGB; values outside 0–1 are colours a screen cannot show. */
export function toLinear({ l, a, b }: Lab): Rgb {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

/** The nearest displayable sRGB colour. */
export function toRgb(lab: Lab): Rgb {
  const [red, green, blue] = toLinear(lab);
  const byte = (light: number): number => Math.round(255 * encode(Math.min(1, Math.max(0, light))));
  return [byte(red), byte(green), byte(blue)];
}

/** OKLab of an sRGB colour. */
export function fromRgb([red, green, blue]: Rgb): Lab {
  const r = decode(red / 255);
  const g = decode(green / 255);
  const b = decode(blue / 255);
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    a: 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    b: 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  };
}

/** Relative luminance as WCAG 2 defines it. */
export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * decode(red / 255) + 0.7152 * decode(green / 255) + 0.0722 * decode(blue / 255);
}
