/** What a model is like, fact by fact. Pure. */
import type { Translate } from '../../language/translate';
import { languageName } from '../../navigation/names';
import type { ModelSummary } from '../../protocol/trace';
import { both, sizeInWords } from './modelLine';
import {
  architectureWords,
  listWords,
  normWords,
  positionWords,
  taskWords,
  windowWords,
} from './modelSheetWords';

/** One fact of a model. */
export interface ModelFact {
  readonly name: string;
  readonly value: string;
}

/** All that its engine told of it. What is not known, or the model does not have, is left out. */
export function modelFacts(
  summary: ModelSummary,
  locale: string,
  t: Translate,
): readonly ModelFact[] {
  const sheet: readonly (ModelFact | null)[] = [
    ...whatItIs(summary, t),
    ...itsShape(summary, locale, t),
    ...itsWeights(summary, locale, t),
    ...itsWords(summary, locale, t),
  ];
  return sheet.flatMap((fact) => fact ?? []);
}

const named = (name: string, value: string | null): ModelFact | null =>
  value === null || value === '' ? null : { name, value };

function whatItIs(summary: ModelSummary, t: Translate): readonly (ModelFact | null)[] {
  return [
    named(t('Family'), summary.modelType),
    named(t('Class'), summary.className),
    named(t('Architecture'), architectureWords(summary.architecture, t)),
    named(t('Task'), taskWords(summary, t)),
  ];
}

function itsShape(
  summary: ModelSummary,
  locale: string,
  t: Translate,
): readonly (ModelFact | null)[] {
  const number = numbersIn(locale);
  const { dFeedForward, positions, trainedPositions } = summary;
  return [
    named(t('Layers'), both(summary.layers, ' + ')),
    named(t('Heads'), both(summary.heads, ' + ')),
    named(t('Heads of keys and values'), both(summary.keyValueHeads, ' + ')),
    named(t('Width of a head (d_k)'), number(summary.headWidth)),
    named(t('Width (d_model)'), number(summary.dModel)),
    named(t('Inner width (d_ff)'), both(dFeedForward, ' + ', number)),
    named(t('Position encoding'), positionWords(summary.positionKind, number, t)),
    named(t('Longest text in tokens'), positions === null ? null : number(positions)),
    // Where positions set a limit, what it was made for is that limit.
    named(
      t('Made for texts of so many tokens'),
      positions !== null || trainedPositions === null ? null : number(trainedPositions),
    ),
    named(t('Window of attention'), windowWords(summary.windows, number, t)),
    named(t('Layer norms'), normWords(summary.normPlacement, t)),
    named(t('Activation'), summary.activation),
    named(t('Vocabulary'), number(summary.vocabulary)),
  ];
}

function itsWeights(
  summary: ModelSummary,
  locale: string,
  t: Translate,
): readonly (ModelFact | null)[] {
  const { tied, unusedTensors } = summary;
  return [
    named(t('Parameters'), numbersIn(locale)(summary.parameters)),
    named(t('Weights stored as'), summary.weightDtype),
    named(t('Size of the weights'), sizeInWords(summary.weightBytes, locale)),
    named(t('Output shares the embeddings'), tied === null ? null : tied ? t('yes') : t('no')),
    named(
      t('Tensors that are not used'),
      listWords(unusedTensors.names, unusedTensors.count, locale, t),
    ),
  ];
}

function itsWords(
  { labels, languages, maskToken }: ModelSummary,
  locale: string,
  t: Translate,
): readonly (ModelFact | null)[] {
  return [
    named(t('Labels'), listWords(labels, labels.length, locale, t)),
    named(t('Mask'), maskToken),
    named(
      t('Languages'),
      listWords(
        languages.map((tag) => languageName(tag, locale)),
        languages.length,
        locale,
        t,
      ),
    ),
  ];
}

const numbersIn =
  (locale: string) =>
  (value: number): string =>
    value.toLocaleString(locale);
