/**
 * White space as Python's `str.split()` and `str.strip()` know it, which sacreBLEU rests on. `\s` of
 * JavaScript lacks U+001C–U+001F and U+0085 and has U+FEFF besides.
 */
const WHITE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const RUN = new RegExp(`[${WHITE}]+`, 'gu');
const ONE = new RegExp(`[${WHITE}]`, 'u');
const AT_START = new RegExp(`^[${WHITE}]+`, 'u');

/** What stands between white space. */
export const wordsOf = (text: string): string[] => text.split(RUN).filter((word) => word !== '');

export const withoutWhiteSpace = (text: string): string => text.replace(RUN, '');

/** By itself: a pattern that ends in `$` would try each run of white space from each of its places. */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ONE.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

export const trim = (text: string): string => trimEnd(text).replace(AT_START, '');
