/**
 * Of the names there, the one most like a name that is missing: it shows a reader at once whether a
 * prefix differs, a layer, or everything. Counts the dotted parts that agree from either end. Null
 * without any names.
 */
export function nearestName(missing: string, names: Iterable<string>): string | null {
  const wanted = missing.split('.');
  const backwards = wanted.toReversed();
  let nearest: string | null = null;
  let best = -1;
  for (const name of names) {
    const parts = name.split('.');
    const score = agreeing(wanted, parts) + agreeing(backwards, parts.toReversed());
    if (score > best) [nearest, best] = [name, score];
  }
  return nearest;
}

function agreeing(wanted: readonly string[], parts: readonly string[]): number {
  const end = wanted.findIndex((part, index) => part !== parts[index]);
  return end < 0 ? wanted.length : end;
}
