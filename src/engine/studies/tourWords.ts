import type { TokenGroup } from '../../analysis/tokenGroup';
import type { Token } from '../../protocol/trace';
import type { Span } from '../../tokens/alignedText';

/** Scripts that put no space between words: there any occurrence counts. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
/** Letters and digits, with what may stand within a word. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

/** Where a word stands in a text, upper and lower case alike; null: nowhere. */
export function findWord(text: string, word: string, which: 'first' | 'last'): Span | null {
  const quoted = word.replaceAll(SYNTAX, String.raw`\$&`);
  const pattern = UNSPACED.test(word)
    ? quoted
    : String.raw`(?<![\p{L}\p{N}])${quoted}(?![\p{L}\p{M}\p{N}])`;
  const found = [...text.matchAll(new RegExp(pattern, 'giu'))];
  return spanOf(which === 'first' ? found[0] : found.at(-1));
}

/** The last word of a text; signs are none. */
export const lastWord = (text: string): Span | null => spanOf([...text.matchAll(WORD)].at(-1));

/** Which of two words stands later in a text; null: neither stands in it. */
export function laterWord(text: string, words: readonly [string, string]): 0 | 1 | null {
  const [first, second] = words.map((word) => findWord(text, word, 'last')?.[0] ?? -1);
  if (first === -1 && second === -1) return null;
  return first! > second! ? 0 : 1;
}

/** The tokens that stand for some of the characters; null: none does. */
export function tokensAt(
  tokens: readonly Pick<Token, 'span'>[],
  [start, end]: Span,
): TokenGroup | null {
  const touches = ({ span }: Pick<Token, 'span'>): boolean =>
    span !== null && span[0] < end && span[1] > start;
  const first = tokens.findIndex(touches);
  return first === -1 ? null : { first, last: tokens.findLastIndex(touches) };
}

const spanOf = (match: RegExpExecArray | undefined): Span | null =>
  match ? [match.index, match.index + match[0].length] : null;
