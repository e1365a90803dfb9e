/** From coded bytes or exact numbers to RGBA pixels. Pure: no canvas, no DOM. */
import { SCALE_STEPS, type ColourScale } from '../../src/palette/weightScale';
import { signedStepOf } from '../../src/palette/weightCoding';
import type { Picture } from '../../src/protocol/wireTensor';

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `[row, column, channel]`, ready for an ImageData. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Pixels of one matrix of a picture as bytes, and how many rows and columns of them there are. */
export interface Pixels {
  readonly rows: number;
  readonly columns: number;
  readonly bytes: Uint8Array;
}

export function pixelsOf(picture: Picture, head: number): Pixels {
  const size = picture.rows * picture.columns;
  return {
    rows: picture.rows,
    columns: picture.columns,
    bytes: new Uint8Array(picture.data, head * size, size),
  };
}

/** Only the given rows and columns, in that order: how hidden tokens leave a picture. */
export function keepPixels(
  pixels: Pixels,
  rows: readonly number[],
  columns: readonly number[],
): Pixels {
  const bytes = new Uint8Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows)
    for (const column of columns) bytes[at++] = pixels.bytes[row * pixels.columns + column] ?? 0;
  return { rows: rows.length, columns: columns.length, bytes };
}

/** Pixels in less room: each is the largest of those it covers, so that no strong weight is lost. */
export function largestIn(pixels: Pixels, rows: number, columns: number): Pixels {
  const { bytes } = pixels;
  const largest = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row * pixels.rows) / rows);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) * pixels.rows) / rows));
    for (let column = 0; column < columns; column++) {
      const left = Math.floor((column * pixels.columns) / columns);
      const right = Math.max(left + 1, Math.floor(((column + 1) * pixels.columns) / columns));
      let most = 0;
      for (let y = top; y < bottom; y++)
        for (let at = y * pixels.columns + left; at < y * pixels.columns + right; at++)
          if (bytes[at]! > most) most = bytes[at]!;
      largest[row * columns + column] = most;
    }
  }
  return { rows, columns, bytes: largest };
}

/** Rows of numbers in at most so many columns: each the mean of those it covers. */
export function meanColumns(values: Float32Array, columns: number, most: number): Float32Array {
  if (columns <= most) return values;
  const rows = values.length / columns;
  const means = new Float32Array(rows * most);
  for (let column = 0; column < most; column++) {
    const left = Math.floor((column * columns) / most);
    const right = Math.floor(((column + 1) * columns) / most);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let at = left; at < right; at++) sum += values[row * columns + at]!;
      means[row * most + column] = sum / (right - left);
    }
  }
  return means;
}

function paint(
  width: number,
  height: number,
  scale: ColourScale,
  step: (at: number) => number,
): Raster {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at++) {
    // In place: a matrix has a quarter of a million pixels, and steps are in range by construction.
    const from = 3 * step(at);
    rgba[4 * at] = scale[from]!;
    rgba[4 * at + 1] = scale[from + 1]!;
    rgba[4 * at + 2] = scale[from + 2]!;
    rgba[4 * at + 3] = 255;
  }
  return { width, height, rgba };
}

/** Colours of coded bytes: a byte is a step of the scale. */
export function rasterOfPixels({ rows, columns, bytes }: Pixels, scale: ColourScale): Raster {
  return paint(columns, rows, scale, (at) => bytes[at] ?? 0);
}

/** Colours of signed numbers `[row, column]` between −limit and limit. */
export function rasterOfSigned(
  values: Float32Array,
  columns: number,
  limit: number,
  scale: ColourScale,
): Raster {
  const rows = columns === 0 ? 0 : values.length / columns;
  return paint(columns, rows, scale, (at) => signedStepOf(values[at] ?? 0, limit));
}

/** The scale itself, left to right: the bar of a legend. */
export function rasterOfScale(scale: ColourScale): Raster {
  return paint(SCALE_STEPS, 1, scale, (at) => at);
}
