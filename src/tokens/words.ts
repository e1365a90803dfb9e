import type { Span } from './alignedText';
import { segmentsOf } from './segments';

/** Segmentation by script and dictionary, the same in every locale; a fixed one keeps it reproducible. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * For each span the number of the word it belongs to, or null for no span and for white space.
 *
 * The rule: words are Unicode's (UAX 29, Chinese, Japanese and Thai by ICU's dictionaries), so "didn't"
 * is one word and a punctuation mark is one by itself. A token that reaches over several words
 * makes one word of them, so no word ends inside a token. Words are numbered as they come in the
 * text; one that no token stands for has no number.
 */
export function wordsOf(text: string, spans: readonly (Span | null)[]): (number | null)[] {
  const { wordAt, count } = segment(text);
  const joined = Array.from({ length: count }, (_, word) => word);
  const rootOf = (word: number): number => {
    let root = word;
    while (joined[root] !== root) root = joined[root] ?? root;
    joined[word] = root;
    return root;
  };

  const found = spans.map((span) => (span ? wordsIn(wordAt, span) : null));
  for (const words of found)
    for (let word = (words?.[0] ?? 0) + 1; words && word <= words[1]; word++)
      joined[rootOf(word)] = rootOf(words[0]);

  const roots = found.map((words) => (words ? rootOf(words[0]) : null));
  const inOrder = [...new Set(roots.filter((root) => root !== null))].sort((a, b) => a - b);
  const numbers = new Map(inOrder.map((root, number) => [root, number]));
  return roots.map((root) => (root === null ? null : (numbers.get(root) ?? null)));
}

/** The word of every unit of the text; −1 for white space. */
function segment(text: string): { readonly wordAt: Int32Array; readonly count: number } {
  const wordAt = new Int32Array(text.length).fill(-1);
  let count = 0;
  for (const { segment: piece, index } of segmentsOf(text, segmenter))
    if (/\P{White_Space}/u.test(piece)) wordAt.fill(count++, index, index + piece.length);
  return { wordAt, count };
}

/** First and last word a span touches; null if it is nothing but white space. */
function wordsIn(wordAt: Int32Array, [start, end]: Span): readonly [number, number] | null {
  let from = start;
  let to = end - 1;
  while (from <= to && wordAt[from] === -1) from++;
  while (to > from && wordAt[to] === -1) to--;
  const first = wordAt[from];
  const last = wordAt[to];
  return from > to || first === undefined || last === undefined || first < 0 ? null : [first, last];
}
