/** A model of the *Models* view in words. Pure. */
import { describeFailure, type Translate } from '../../language/translate';
import type { ConfigGlance } from './configGlance';
import type { KnownModel } from './modelFacts';

export interface ModelState extends KnownModel {
  readonly chosen: boolean;
  readonly builtIn: boolean;
  readonly loaded: boolean;
}

/**
 * What stands beside the name: `loaded · marian · 3+3 layers × 8 heads · 16 MB · built-in`, as far
 * as known. Until the engine has read it, what its config.json says.
 */
export function modelWords(model: ModelState, locale: string, t: Translate): string {
  const { builtIn, loaded, files, summary, failure } = model;
  if (failure !== null)
    return failure.code === 'checkpoint.folder' ? t('gone') : t('cannot be opened');
  const shape = summary === null ? files?.glance : { family: summary.modelType, ...summary };
  return [
    ...(loaded ? [t('loaded')] : []),
    ...(shape ? [shape.family, ...sizeWords(shape, t)] : []),
    ...(files === null ? [] : [sizeInWords(files.bytes, locale)]),
    ...(builtIn ? [t('built-in')] : []),
  ].join(' · ');
}

/** The same with what is wrong in full. */
export function modelTooltip(model: ModelState, locale: string, t: Translate): string {
  const { failure } = model;
  return failure === null ? modelWords(model, locale, t) : describeFailure(failure, t);
}

/** `3+3 layers × 8 heads`; none where the config says neither in a known word. */
function sizeWords(
  { layers, heads }: Pick<ConfigGlance, 'layers' | 'heads'>,
  t: Translate,
): string[] {
  const many = [both(layers, '+'), both(heads, '/')] as const;
  if (many.includes('')) return [];
  return [
    t('{layers} layers × {heads} heads', {
      layers: many[0],
      heads: heads.encoder === heads.decoder ? heads.encoder : many[1],
    }),
  ];
}

/** Encoder and decoder; of a model that has one of them, that one. */
export function both(
  of: { readonly encoder: number; readonly decoder: number },
  sign: string,
  number: (value: number) => string = String,
): string {
  const counts = [of.encoder, of.decoder].filter((count) => count > 0);
  return counts.map((count) => number(count)).join(sign);
}

/** Where a number of bytes is better read as gigabytes. */
const GIGABYTE = 1e9;

/** Decimal megabytes or gigabytes, as file managers count. */
export function sizeInWords(bytes: number, locale: string): string {
  const large = bytes >= GIGABYTE;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: large ? 'gigabyte' : 'megabyte',
    maximumFractionDigits: large || bytes < 10e6 ? 1 : 0,
  }).format(bytes / (large ? GIGABYTE : 1e6));
}
