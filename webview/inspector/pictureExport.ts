/** The chosen matrix as a picture to take away: SVG text, or PNG bytes drawn from that same SVG. */
import type { Translate } from '../../src/language/translate';
import { scaleOfBytes, topOf } from '../drawing/scaleTop';
import { svgPicture, type SvgPicture } from '../drawing/svgPicture';
import type { Drawing } from './axes';
import { approximateWords } from '../../src/navigation/approximate';
import { scaleNote } from '../parts/legend';
import { imageOfPixels } from './matrixCanvas';
import { scaleEnd, shortName, stackName } from '../../src/navigation/names';
import { contextOf } from '../parts/element';
import type { View } from './view';

/** Sharp on dense screens and in print. */
const PIXEL_RATIO = 2;
const LONGEST_TEXT = 90;

function oneLine(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const points = [...line];
  return points.length <= LONGEST_TEXT ? line : `${points.slice(0, LONGEST_TEXT - 1).join('')}…`;
}

export function svgOf(view: View, drawing: Drawing, t: Translate): SvgPicture {
  const { snapshot, navigation, theme, reader, matrix } = view;
  const whole = theme[navigation.direction];
  const top = topOf(reader.colourScale, drawing.maximum);
  const scale = scaleOfBytes(whole, drawing.maximum, top);
  const name = shortName(navigation, t);
  const model = snapshot.plan?.model.name ?? '';
  const text = oneLine(snapshot.plan?.text ?? '');
  const lines = [`${model} · ${stackName(navigation.stack, t)}`, `“${text}”`];
  if (navigation.hideSpecials) lines.push(t('Special tokens hidden, weights renormalised'));
  if (navigation.unit === 'word')
    lines.push(t('Words: means over their tokens’ rows, sums over their columns'));
  if (matrix.answer?.approximate === true) lines.push(approximateWords(t));
  const high = scaleEnd(top);
  return svgPicture({
    title: t('Attention {name}', { name }),
    description: t(
      'Attention weights of {name} of {model} on “{text}”. Rows: queries, columns: keys. Colour scale from 0 to {maximum}, square-root coded.',
      {
        name,
        model,
        text,
        maximum: high,
      },
    ),
    lines,
    queries: drawing.pooled ? [] : drawing.queries.labels,
    keys: drawing.pooled ? [] : drawing.keys.labels,
    pixels: drawing.pixels,
    ...(drawing.seen === undefined ? {} : { seen: drawing.seen }),
    image: imageOfPixels(drawing, scale).toDataURL('image/png'),
    scale,
    legend: { low: '0', high, note: scaleNote(reader.colourScale, t('√ scale'), t), scale: whole },
    font: theme.font,
    foreground: theme.foreground,
    background: theme.background,
  });
}

export async function pngOf({ text, width, height }: SvgPicture): Promise<ArrayBuffer> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXEL_RATIO;
  canvas.height = height * PIXEL_RATIO;
  contextOf(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The browser made no PNG.');
  return blob.arrayBuffer();
}
