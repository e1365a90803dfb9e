/** The sentences that the tour offers, in the language that its models read. */
import type { TourPair } from './tour';

export interface TourStop {
  /** With `…` for the last word. */
  readonly frame: string;
  /** The last word with the first noun, with the second, and of the control: the first noun again. */
  readonly words: readonly [first: string, second: string, control: string];
  readonly nouns: TourPair['nouns'];
  /** Whether the built-in model's training had sentences of this pattern. */
  readonly trained: boolean;
}

export const tourStops: readonly TourStop[] = [
  {
    frame: "The animal didn't cross the street because it was too ….",
    words: ['tired', 'wide', 'hungry'],
    nouns: ['animal', 'street'],
    trained: true,
  },
  {
    frame: 'A dog ate the food because it was ….',
    words: ['hungry', 'delicious', 'greedy'],
    nouns: ['dog', 'food'],
    trained: true,
  },
  {
    frame: "The trophy doesn't fit in the suitcase because it is too ….",
    words: ['big', 'small', 'heavy'],
    nouns: ['trophy', 'suitcase'],
    trained: true,
  },
  // The generated patterns have neither this verb and these nouns nor their order: a person does
  // something with both.
  {
    frame: 'We sold the boat to the company because it was ….',
    words: ['old', 'rich', 'broken'],
    nouns: ['boat', 'company'],
    trained: false,
  },
];

/** French shows by its gender which noun a pronoun stands for; these nouns differ in it. */
const PRONOUNS: TourPair['pronouns'] = ['il', 'elle'];

const withWord = (frame: string, word: string): string => frame.replace('…', word);

export function pairOf({ frame, words, nouns }: TourStop): TourPair {
  const [first, second, control] = words.map((word) => withWord(frame, word));
  return {
    sentences: [first!, second!],
    control: control!,
    word: 'it',
    nouns,
    pronouns: PRONOUNS,
  };
}
