/** Names and numbers as they stand on screen. */
import type { HeadChoice, LayerChoice, Stack } from '../protocol/address';
import type { Translate } from '../language/translate';

const letters: Record<Stack, string> = { encoder: 'E', decoder: 'D', cross: 'C' };

/** `E2`, counted from 0 as in the code. */
export const layerName = (stack: Stack, layer: number): string => `${letters[stack]}${layer}`;

/** `E2·H5`, counted from 0 as in the code; `E2·mean`, `E all layers·mean`. */
export function shortName(
  { stack, layer, head }: { stack: Stack; layer: LayerChoice; head: HeadChoice },
  t: Translate,
): string {
  const where = layer === 'mean' ? `${letters[stack]} ${t('all layers')}` : layerName(stack, layer);
  if (typeof head === 'number') return `${where}·H${head}`;
  return `${where}·${head === 'mean' ? t('mean') : t('max')}`;
}

export function stackName(stack: Stack, t: Translate): string {
  switch (stack) {
    case 'encoder':
      return t('Encoder');
    case 'decoder':
      return t('Decoder');
    case 'cross':
      return t('Cross');
  }
}

/** The name of a language tag in the reader's language, or the tag itself. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // A tag of the model's own that is no language code.
    return tag;
  }
}

export const fourDecimals = (value: number): string => value.toFixed(4);

/** `−0.1817`, with the sign that stands in sentences and beside other numbers below 0. */
export const signedFourDecimals = (value: number): string => fourDecimals(value).replace('-', '−');

/** Where a colour scale ends. Below 0.01 two decimals would call the strongest colour 0. */
export const scaleEnd = (value: number): string =>
  value > 0 && value < 0.01 ? fourDecimals(value) : value.toFixed(2);

/** A float32 as exactly as it can be told: nine significant digits bring every one back unchanged. */
export const nineDigits = (value: number): string => String(Number(value.toPrecision(9)));

/** Two decimals without the zero before the point, for the small number under a token. */
export const twoDecimals = (value: number): string => value.toFixed(2).replace(/^0/, '');

/** The largest of a row's weights, hidden ones (NaN) aside: what its colours are measured against. */
export function largestOf(weights: Float32Array | null): number {
  let most = 0;
  for (const weight of weights ?? []) if (weight > most) most = weight;
  return most;
}

export function seconds(milliseconds: number): string {
  return milliseconds < 10_000
    ? (milliseconds / 1000).toFixed(2)
    : (milliseconds / 1000).toFixed(1);
}
