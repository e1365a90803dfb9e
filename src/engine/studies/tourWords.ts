import type { Span } from '../../tokens/alignedText';

/** Neighbouring tokens `[first, last]` that stand for a word. */
export type TokenRange = [first: number, last: number];

/** Scripts that put no space between words: there any occurrence counts. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const QUOTED = /[\\^$.*+?()[\]{}|/-]/g;

/** Where a word stands in a text, upper and lower case alike; null: nowhere. */
export function findWord(text: string, word: string, which: 'first' | 'last'): Span | null {
  const quoted = word.replaceAll(QUOTED, String.raw`\$&`);
  const pattern = UNSPACED.test(word)
    ? quoted
    : String.raw`(?<![\p{L}\p{N}])${quoted}(?![\p{L}\p{N}])`;
  const found = [...text.matchAll(new RegExp(pattern, 'giu'))];
  const match = which === 'first' ? found[0] : found.at(-1);
  return match ? [match.index, match.index + match[0].length] : null;
}

/** The tokens that stand for some characters of a span; null: none does. */
export function tokensAt(
  tokens: readonly { readonly span: readonly [number, number] | null }[],
  [start, end]: Span,
): TokenRange | null {
  const touched = tokens.flatMap(({ span }, index) =>
    span && span[0] < end && span[1] > start ? [index] : [],
  );
  return touched.length === 0 ? null : [touched[0]!, touched.at(-1)!];
}

/** The last word of a text: signs at its end are none. */
export function lastWord(text: string): Span | null {
  const found = [...text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)].at(-1);
  return found ? [found.index, found.index + found[0].length] : null;
}
