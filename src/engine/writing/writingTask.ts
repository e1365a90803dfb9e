import { Failure } from '../../failure/failure';
import type { ModelSummary } from '../../protocol/trace';
import type { Search, Writing } from '../../protocol/writing';
import { likeliest, type Chooser } from '../../transformer/generate/chooser';
import type { GenerationOptions } from '../../transformer/generate/generationOptions';
import { sampler } from '../../transformer/generate/sampler';
import type { LoadedModel } from '../loadedModel';
import { givenTokens, type ReadBefore } from './givenTokens';

/**
 * Output tokens of a run that nobody limited: four times what the built-in model was trained on. A
 * model that never ends a sentence must not write until its positions are used up.
 */
export const DEFAULT_NEW_TOKENS = 256;

/** A way of writing in the terms of one model and text. */
export interface OutputTask {
  readonly writing: Writing;
  readonly options: GenerationOptions;
  readonly given: readonly number[];
  /** Given tokens included. */
  readonly maxNewTokens: number;
}

/**
 * What a way of writing means to a model.
 * @throws Failure `writing.*`, `generation.*`
 */
export function outputTask(model: LoadedModel, writing: Writing, before: ReadBefore): OutputTask {
  const { summary } = model;
  const given = givenTokens(model, writing, before);
  const room = roomFor(summary, before.ids.length);
  const wanted = writing.further ? given.length + 1 : given.length;
  if (wanted > room) throw new Failure('writing.tooLong', { tokens: given.length, limit: room });
  const most = Math.min(writing.maxNewTokens ?? DEFAULT_NEW_TOKENS, room);
  const { repetitionPenalty, badWords } = model.generation;
  return {
    writing,
    options: {
      ...model.generation,
      repetitionPenalty: writing.repetitionPenalty ?? repetitionPenalty,
      badWords: [...badWords, ...forbiddenTokens(model, writing.forbidden)],
    },
    given,
    maxNewTokens: Math.max(most, wanted),
  };
}

export function chooserOf(search: Search): Chooser {
  // Beams are found beforehand, and given.
  return search.kind === 'sample' ? sampler(search) : likeliest;
}

/** Tokens that fit behind the text (or the start token): the last one written is never read. */
function roomFor({ architecture, positions }: ModelSummary, before: number): number {
  const read = architecture === 'decoder' ? before : 1;
  return Math.max(1, (positions ?? Number.POSITIVE_INFINITY) - read + 1);
}

/** A text to be forbidden, in the middle of a text and at the beginning of a word, where that differs. */
function forbiddenTokens({ tokenizer }: LoadedModel, texts: readonly string[]): number[][] {
  const spelled = texts.flatMap((text) =>
    [text, ` ${text}`].map((one) => tokenizer.encode(one, { special: false, pair: null }).ids),
  );
  const distinct = new Map(spelled.map((ids) => [ids.join(), ids]));
  return [...distinct.values()].filter((ids) => ids.length > 0);
}
