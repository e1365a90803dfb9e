import type { Span } from './alignedText';

/**
 * The span without white space at its edges, unless it holds nothing else. So a token `▁the` or
 * `Ġthe` marks the word and not the gap before it.
 */
export function trimSpan(text: string, [start, end]: Span): Span {
  let from = start;
  let to = end;
  while (from < to && isWhiteSpace(text, from)) from++;
  if (from === to) return [start, end];
  while (isWhiteSpace(text, to - 1)) to--;
  return [from, to];
}

/** White space of Unicode lies in the basic plane: one unit is enough to tell. */
const isWhiteSpace = (text: string, at: number): boolean =>
  /\p{White_Space}/u.test(text.charAt(at));
