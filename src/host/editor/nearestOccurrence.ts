/** Where a text holds some characters, nearest to a place; the same sentence may stand in it twice. */
export function nearestOccurrence(text: string, characters: string, place: number): number | null {
  const before = text.lastIndexOf(characters, Math.max(0, place));
  const after = text.indexOf(characters, Math.max(0, place));
  if (before < 0) return after < 0 ? null : after;
  return after < 0 || place - before <= after - place ? before : after;
}
