import { Failure } from '../../failure/failure';
import type { Writing } from '../../protocol/writing';
import type { LoadedModel } from '../loadedModel';

/** The reader's text that an output follows. */
export interface ReadBefore {
  readonly text: string;
  /** Its tokens as the model reads them. */
  readonly ids: readonly number[];
}

/**
 * The tokens that an output begins with instead of the model's choice.
 * @throws Failure `writing.noToken` for ids of another vocabulary, `writing.noText`
 */
export function givenTokens(
  model: LoadedModel,
  { begin, further }: Writing,
  before: ReadBefore,
): number[] {
  const { vocabulary: size } = model.summary;
  const strange = begin.ids.find((id) => id >= size);
  if (strange !== undefined)
    throw new Failure('writing.noToken', { model: nameOf(model), id: strange, last: size - 1 });
  if (begin.text === null) return [...begin.ids];
  const tokens = textTokens(model, begin.text, !further, begin.ids.length > 0 ? null : before);
  if (begin.text.trim() === '' || tokens.length === 0)
    throw new Failure('writing.noText', { model: nameOf(model) });
  return [...begin.ids, ...tokens];
}

/** @param whole whether the text is the whole output: then the end of a sequence is a part of it, where outputs end by a token */
function textTokens(
  { tokenizer, summary, generation }: LoadedModel,
  text: string,
  whole: boolean,
  before: ReadBefore | null,
): number[] {
  const alone = tokenizer.encode(text, { special: false, pair: null }).ids;
  if (summary.architecture !== 'encoderDecoder') return continued() ?? alone;
  if (!whole) return alone;
  // What a text looks like to this tokenizer as a label: BART's begin with a sign of their own.
  const { ids } = tokenizer.encode(text, { special: true, pair: null });
  const [end] = generation.endTokens;
  return end === undefined || generation.endTokens.includes(ids.at(-1)!) ? ids : [...ids, end];

  /** Behind a text the same characters may be other tokens than by themselves (no space before the first word). */
  function continued(): number[] | null {
    if (before === null) return null;
    const { ids } = tokenizer.encode(before.text + text, { special: true, pair: null });
    return before.ids.every((id, i) => ids[i] === id) ? ids.slice(before.ids.length) : null;
  }
}

const nameOf = ({ summary }: LoadedModel): string => summary.name;
