/** Enough for the products of sinusoids to fall and rise again a few times, however short the text. */
const LEAST_POSITIONS = 64;
/** Each position is compared with each: beyond, an answer would take most of a second. */
const MOST_POSITIONS = 512;

/** How many positions are compared with each other, of a text and of a table with so many rows. */
export const positionsInReach = (tokens: number, rows: number): number =>
  Math.min(rows, MOST_POSITIONS, Math.max(LEAST_POSITIONS, tokens));
