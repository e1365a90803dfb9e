import { Failure } from '../../failure/failure';
import { MAX_TEXT_CHARACTERS } from '../../protocol/limits';
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
 * @throws Failure `writing.noToken` for ids of another vocabulary, `writing.noText`, `writing.longText`
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
  if (begin.text === null && (further || begin.ids.length > 0)) return [...begin.ids];
  const text = begin.text ?? '';
  const { length: characters } = text;
  // A tokenizer cannot be interrupted.
  if (characters > MAX_TEXT_CHARACTERS)
    throw new Failure('writing.longText', { characters, limit: MAX_TEXT_CHARACTERS });
  const tokens = textTokens(model, text, !further, begin.ids.length > 0 ? null : before);
  if (text.trim() === '' || tokens.length === 0)
    throw new Failure('writing.noText', { model: nameOf(model) });
  return [...begin.ids, ...tokens];
}

/**
 * @param whole whether the output ends with the text: then the end of a sequence is a part of it, where
 * outputs end by a token
 * @param before null: the output does not begin with the text
 */
function textTokens(
  { tokenizer, summary, generation }: LoadedModel,
  text: string,
  whole: boolean,
  before: ReadBefore | null,
): number[] {
  const alone = tokenizer.encode(text, { special: false, pair: null }).ids;
  if (summary.architecture !== 'encoderDecoder') return continued() ?? alone;
  if (alone.length === 0) return [];
  const { forcedFirst, endTokens } = generation;
  const [end] = endTokens;
  const first = before === null ? null : firstSign();
  return [
    ...(first === null || first === alone[0] ? [] : [first]),
    ...alone,
    ...(!whole || end === undefined || endTokens.includes(alone.at(-1)!) ? [] : [end]),
  ];

  /** What an output begins with before its text: BART's with a sign of their own, mBART's with a language. */
  function firstSign(): number | null {
    if (forcedFirst !== null || !whole) return forcedFirst;
    // What the tokenizer puts first may be a language, too, but that is the one of the text to be read.
    const { bos } = tokenizer.roles;
    return bos === tokenizer.encode(text, { special: true, pair: null }).ids[0] ? bos : null;
  }

  /** Behind a text the same characters may be other tokens than by themselves (no space before the first word). */
  function continued(): number[] | null {
    if (before === null) return null;
    const { ids } = tokenizer.encode(before.text + text, { special: true, pair: null });
    return before.ids.every((id, i) => ids[i] === id) ? ids.slice(before.ids.length) : null;
  }
}

const nameOf = ({ summary }: LoadedModel): string => summary.name;
