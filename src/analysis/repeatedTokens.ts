import type { AttendedText } from './attendedText';

/**
 * For every token of a text the places of the other occurrences of the same token, `[token][other]`;
 * with `causal` only the earlier ones, which are those it can see. Special tokens have none.
 */
export function repeatedTokens(
  { ids, special }: AttendedText,
  causal: boolean,
): readonly (readonly number[])[] {
  const places = new Map<number, number[]>();
  for (const [place, id] of ids.entries()) {
    if (special[place]) continue;
    const known = places.get(id);
    if (known) known.push(place);
    else places.set(id, [place]);
  }
  return ids.map((id, place) => {
    if (special[place]) return [];
    return places.get(id)!.filter((other) => (causal ? other < place : other !== place));
  });
}
