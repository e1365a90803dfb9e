/**
 * The chosen matrix as a self-contained SVG: title, description, labelled axes, legend. Also the
 * source of the PNG, so that both always show the same. Pure text; token labels are untrusted.
 */
import { colourAt, cssColour, SCALE_STEPS, type ColourScale } from '../../src/palette/weightScale';
import type { Sight } from '../../src/navigation/causality';
import { visibleText } from '../../src/navigation/labels';
import { labelledIndices, shorten } from './axisLabels';
import type { Pixels } from './raster';

export interface PictureParts {
  readonly title: string;
  readonly description: string;
  /** Lines under the title that a reader sees: model, text. */
  readonly lines: readonly string[];
  readonly queries: readonly string[];
  readonly keys: readonly string[];
  readonly pixels: Pixels;
  /** Of each row the columns that a mask leaves it; cells beyond them are left out. */
  readonly seen?: readonly Sight[];
  /** PNG of the matrix as a data URL, used when there are too many cells for rectangles. */
  readonly image: string;
  /** The colours of the pixels' bytes. */
  readonly scale: ColourScale;
  readonly legend: {
    readonly low: string;
    readonly high: string;
    readonly note: string;
    readonly scale: ColourScale;
  };
  readonly font: string;
  readonly foreground: string;
  readonly background: string;
}

/** Above this many cells one embedded image replaces the rectangles: files stay small, viewers quick. */
export const MOST_RECTANGLES = 4096;

const PLOT = 560;
const LARGEST_CELL = 28;
const FONT_SIZE = 11;
const LINE_HEIGHT = 16;
const LONGEST_LABEL = 16;
/** Average width of a character at FONT_SIZE; full-width characters count twice. */
const CHARACTER = 6.4;
const MARGIN = 14;

/** Two non-characters that XML 1.0 cannot hold; controls and halves of a pair have their signs. */
const NOT_XML = /[\ufffe\uffff]/gu;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in XML text or attributes, which cannot hold controls and halves of a pair. */
export function escapeXml(text: string): string {
  return visibleText(text)
    .replace(NOT_XML, '')
    .replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);
}

const widthOf = (label: string): number =>
  [...label].reduce((sum, point) => sum + (point > '\u2e80' ? 2 : 1) * CHARACTER, 0);

const widest = (labels: readonly string[]): number =>
  labels.reduce((most, label) => Math.max(most, widthOf(label)), 0);

function matrix(parts: PictureParts, cell: number): string {
  const { rows, columns, bytes } = parts.pixels;
  if (rows * columns > MOST_RECTANGLES)
    return `<image width="${columns * cell}" height="${rows * cell}" preserveAspectRatio="none" image-rendering="pixelated" href="${parts.image}"/>`;
  const cells: string[] = [];
  for (let row = 0; row < rows; row++) {
    const { first, last } = parts.seen?.[row] ?? { first: 0, last: columns - 1 };
    for (let column = first; column <= last; column++) {
      const colour = cssColour(colourAt(parts.scale, bytes[row * columns + column] ?? 0));
      cells.push(
        `<rect x="${column * cell}" y="${row * cell}" width="${cell}" height="${cell}" fill="${colour}"/>`,
      );
    }
  }
  return `<g shape-rendering="crispEdges">${cells.join('')}</g>`;
}

function labels(parts: PictureParts, cell: number): string {
  const text = (label: string | undefined, place: string): string =>
    `<text ${place}>${escapeXml(shorten(label ?? '', LONGEST_LABEL))}</text>`;
  const middle = (index: number): number => (index + 0.5) * cell;
  // Labels stand for tokens only where a pixel is a token; pooled pictures have none.
  const down = labelledIndices([0, parts.queries.length], cell, FONT_SIZE + 1).map((row) =>
    text(parts.queries[row], `x="-6" y="${middle(row) + 4}" text-anchor="end"`),
  );
  const across = labelledIndices([0, parts.keys.length], cell, FONT_SIZE + 1).map((column) =>
    text(parts.keys[column], `transform="translate(${middle(column) + 4} -6) rotate(-90)"`),
  );
  return [...down, ...across].join('');
}

function legend(parts: PictureParts, y: number): string {
  const stops = [0, 0.25, 0.5, 0.75, 1].map((at) => {
    const colour = cssColour(colourAt(parts.legend.scale, at * (SCALE_STEPS - 1)));
    return `<stop offset="${at}" stop-color="${colour}"/>`;
  });
  const { low, high, note } = parts.legend;
  return `<defs><linearGradient id="scale">${stops.join('')}</linearGradient></defs><g transform="translate(0 ${y})"><text y="9">${escapeXml(low)}</text><rect x="14" width="140" height="10" fill="url(#scale)"/><text x="160" y="9">${escapeXml(`${high} ${note}`)}</text></g>`;
}

export interface SvgPicture {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

export function svgPicture(parts: PictureParts): SvgPicture {
  const { rows, columns } = parts.pixels;
  const cell = Math.min(LARGEST_CELL, PLOT / Math.max(1, rows, columns));
  const short = (label: string): string => shorten(label, LONGEST_LABEL);
  const left = MARGIN + widest(parts.queries.map(short)) + 8;
  const head = MARGIN + LINE_HEIGHT * (parts.lines.length + 1);
  const top = head + widest(parts.keys.map(short)) + 10;
  const legendWidth = 170 + widthOf(`${parts.legend.high} ${parts.legend.note}`);
  const width = Math.ceil(
    Math.max(
      left + columns * cell + MARGIN,
      left + legendWidth + MARGIN,
      2 * MARGIN + widest([parts.title, ...parts.lines]),
    ),
  );
  const height = Math.ceil(top + rows * cell + 34 + MARGIN);
  const lines = parts.lines
    .map(
      (line, i) =>
        `<text x="${MARGIN}" y="${MARGIN + LINE_HEIGHT * (i + 1) + 10}">${escapeXml(line)}</text>`,
    )
    .join('');
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="${escapeXml(parts.font)}" font-size="${FONT_SIZE}" fill="${escapeXml(parts.foreground)}"><title id="title">${escapeXml(parts.title)}</title><desc id="description">${escapeXml(parts.description)}</desc><rect width="100%" height="100%" fill="${escapeXml(parts.background)}"/><text x="${MARGIN}" y="${MARGIN + 10}" font-weight="600">${escapeXml(parts.title)}</text>${lines}<g transform="translate(${left} ${top})">${matrix(parts, cell)}${labels(parts, cell)}${legend(parts, rows * cell + 14)}</g></svg>`;
  return { text, width, height };
}
