/** Other sentences of a batch: the tour's, of which the reader may write other ones. */
export const OTHER_SENTENCES = [
  "The animal didn't cross the street because it was too wide.",
  'A dog ate the food because it was hungry.',
] as const;

/** Stands in the place of the last of them. */
export const OTHER_INSTEAD = "The trophy doesn't fit in the suitcase because it is too big.";
