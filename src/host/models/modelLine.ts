/** A model of the *Models* view in words. Pure. */
import { describeFailure, type Translate } from '../../language/translate';
import { languageName } from '../../navigation/names';
import type { ModelSummary } from '../../protocol/trace';
import type { KnownModel } from './modelFacts';

export interface ModelState extends KnownModel {
  readonly chosen: boolean;
  readonly builtIn: boolean;
  readonly loaded: boolean;
}

/** What stands beside the name: `loaded · 3+3 layers × 8 heads · 16 MB · built-in`, as far as known. */
export function modelWords(model: ModelState, locale: string, t: Translate): string {
  const { builtIn, loaded, files, summary, failure } = model;
  if (failure !== null) return describeFailure(failure, t);
  return [
    ...(loaded ? [t('loaded')] : []),
    ...(summary === null ? [] : [sizeWords(summary, t)]),
    ...(files === null ? [] : [megabytes(files.bytes, locale)]),
    ...(builtIn ? [t('built-in')] : []),
  ].join(' · ');
}

/** `3+3 layers × 8 heads`. */
function sizeWords({ layers, heads }: ModelSummary, t: Translate): string {
  return t('{layers} layers × {heads} heads', {
    layers: both(layers, '+'),
    heads:
      layers.decoder === 0 || heads.encoder === heads.decoder ? heads.encoder : both(heads, '/'),
  });
}

/** Encoder and decoder; of a model that has one of them, that one. */
function both(of: { readonly encoder: number; readonly decoder: number }, sign: string): string {
  return [of.encoder, of.decoder].filter((count) => count > 0).join(sign);
}

/** Decimal megabytes, as file managers count. */
const megabytes = (bytes: number, locale: string): string =>
  new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: bytes < 10e6 ? 1 : 0,
  }).format(bytes / 1e6);

/** One fact of a model. */
export interface ModelFact {
  readonly name: string;
  readonly value: string;
}

/** All that its engine told of it. */
export function modelFacts(
  summary: ModelSummary,
  locale: string,
  t: Translate,
): readonly ModelFact[] {
  const number = (value: number): string => value.toLocaleString(locale);
  const { layers, heads, languages } = summary;
  return [
    { name: t('Type'), value: summary.modelType },
    { name: t('Layers'), value: both(layers, ' + ') },
    {
      name: t('Heads'),
      value: both({ ...heads, ...(layers.decoder === 0 && { decoder: 0 }) }, ' + '),
    },
    { name: t('Width (d_model)'), value: number(summary.dModel) },
    { name: t('Vocabulary'), value: number(summary.vocabulary) },
    { name: t('Longest text in tokens'), value: number(summary.positions) },
    { name: t('Parameters'), value: number(summary.parameters) },
    { name: t('Weights stored as'), value: summary.weightDtype },
    ...(languages.length === 0
      ? []
      : [
          {
            name: t('Languages'),
            value: languages.map((tag) => languageName(tag, locale)).join(', '),
          },
        ]),
  ];
}
