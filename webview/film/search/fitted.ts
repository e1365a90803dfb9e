/** From Hangul on, letters of East Asian scripts and most signs are as wide as two others. */
const WIDE_FROM = 0x1100;

const widthOf = (character: string): number =>
  (character.codePointAt(0) ?? 0) < WIDE_FROM ? 1 : 2;

/** A label cut to so many narrow letters' width, with an ellipsis where something is left out. Pure. */
export function fitted(label: string, letters: number): string {
  const points = [...label];
  const wide = (some: readonly string[]): number =>
    some.reduce((sum, character) => sum + widthOf(character), 0);
  if (wide(points) <= letters) return label;
  let end = points.length;
  while (end > 1 && wide(points.slice(0, end)) > letters - 1) end--;
  return `${points.slice(0, end).join('')}…`;
}
