/**
 * Small pictures for a hover, as images that stand in the Markdown itself. Numbers become pixels
 * here and nowhere numbers again.
 */
import type { Rgb } from '../../palette/oklab';
import { signedStepOf, stepOf } from '../../palette/weightCoding';
import { colourAt, type ColourScale } from '../../palette/weightScale';

export interface Picture {
  /** `data:` address of an SVG; base64, so that no character of it means anything in Markdown. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** CSS pixels of the longest bar, and how high a bar is: half a line of the hover's text. */
const BAR_WIDTH = 72;
const BAR_HEIGHT = 10;
/** The least that a weight above zero shows. */
const LEAST_BAR = 1;
/** The faintest colour of a bar, as in the panel's table: fainter ones are lost on the background. */
const FAINTEST_STEP = 96;

/** A pixel each; together about two thirds of the hover's width. */
const STRIP_COLUMNS = 256;
const STRIP_HEIGHT = 14;

/** A bar as long as `weight` ÷ `maximum`, coloured as the same weight is everywhere. */
export function weightBar(weight: number, maximum: number, scale: ColourScale): Picture {
  const share = maximum > 0 ? Math.min(1, Math.max(0, weight / maximum)) : 0;
  const length = weight > 0 ? Math.max(LEAST_BAR, BAR_WIDTH * share) : 0;
  const colour = colourAt(scale, Math.max(FAINTEST_STEP, stepOf(weight, maximum)));
  return picture(BAR_WIDTH, BAR_HEIGHT, [{ from: 0, width: length, colour: hex(colour) }]);
}

/** The encoding of one position as a strip of columns, left to right as the dimensions go. */
export interface Strip extends Picture {
  /** Dimensions of which a column is the mean. */
  readonly together: number;
}

/** `encoding`: `[d_model]`; `limit` and −`limit` have the strongest colours. */
export function positionStrip(encoding: Float32Array, limit: number, scale: ColourScale): Strip {
  const together = Math.max(1, Math.ceil(encoding.length / STRIP_COLUMNS));
  const runs: Run[] = [];
  for (let at = 0; at < encoding.length; at += together) {
    const covered = encoding.subarray(at, at + together);
    const mean = covered.reduce((sum, value) => sum + value, 0) / covered.length;
    const colour = hex(colourAt(scale, signedStepOf(mean, limit)));
    const last = runs.at(-1);
    // Slow sines stand still over many dimensions: one rectangle then does for all of them.
    if (last?.colour === colour) runs[runs.length - 1] = { ...last, width: last.width + 1 };
    else runs.push({ from: at / together, width: 1, colour });
  }
  const columns = Math.ceil(encoding.length / together);
  return { ...picture(columns, STRIP_HEIGHT, runs), together };
}

interface Run {
  readonly from: number;
  readonly width: number;
  readonly colour: string;
}

function picture(width: number, height: number, runs: readonly Run[]): Picture {
  const drawn = runs.map(
    (run) =>
      `<rect x="${run.from}" width="${pixels(run.width)}" height="${height}" fill="${run.colour}"/>`,
  );
  const size = `width="${width}" height="${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} shape-rendering="crispEdges">${drawn.join('')}</svg>`;
  return { url: `data:image/svg+xml;base64,${btoa(svg)}`, width, height };
}

/** Half a device pixel more or less is not seen; long fractions only take room. */
const pixels = (length: number): string => String(Number(length.toFixed(1)));

const hex = (colour: Rgb): string =>
  `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
