/** The words in which two sentences differ: what stands between the words they begin and end with alike. */
export function sentenceDifference(
  sentences: readonly [string, string],
): readonly [first: string, second: string] {
  const [first, second] = sentences.map((sentence) => sentence.split(/(?=\s)|\b/u)) as [
    string[],
    string[],
  ];
  let start = 0;
  while (start < Math.min(first.length, second.length) && first[start] === second[start]) start++;
  let end = 0;
  while (
    end < Math.min(first.length, second.length) - start &&
    first.at(-1 - end) === second.at(-1 - end)
  )
    end++;
  const middle = (parts: readonly string[]): string =>
    parts
      .slice(start, parts.length - end)
      .join('')
      .trim();
  // Of two that are alike, or where one only goes on, there is no such word: the whole sentence then.
  return [middle(first) || sentences[0], middle(second) || sentences[1]];
}
