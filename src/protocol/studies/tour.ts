import * as v from 'valibot';
import { indexSchema } from '../address';
import { headAddressSchema } from '../headProfile';
import { MAX_TEXT_CHARACTERS } from '../limits';

/** Characters of a word to look for: longer ones are no words, and a pattern may become too large. */
export const MAX_WORD_CHARACTERS = 100;

const textSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT_CHARACTERS));
const wordSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_WORD_CHARACTERS));

/** Two sentences that differ in their last word, and with it in the noun that a word stands for. */
export const tourPairSchema = v.strictObject({
  /** Where the word stands for the first noun, and where for the second. */
  sentences: v.tuple([textSchema, textSchema]),
  /** Another last word with which it stands for the first noun still; null: there is no such control. */
  control: v.nullable(textSchema),
  /** The word: "it". Of several the last in a sentence. */
  word: wordSchema,
  /** The nouns it may stand for. Of several the first in a sentence. */
  nouns: v.tuple([wordSchema, wordSchema]),
  /** Output words that tell which noun was taken: "il", "elle". */
  pronouns: v.tuple([wordSchema, wordSchema]),
});
export type TourPair = v.InferOutput<typeof tourPairSchema>;

/**
 * Which token looks at the nouns: `word`, the word itself; `last`, the last word, in decoders that
 * read the text, where the word cannot see it; in cross-attention `writes`, the output token before
 * the pronoun, whose query chooses it, and `pronoun`, the pronoun once it is written.
 */
export const askerSchema = v.picklist(['word', 'last', 'writes', 'pronoun']);
export type Asker = v.InferOutput<typeof askerSchema>;

/** First and last token of a word. */
const groupSchema = v.tuple([indexSchema, indexSchema]);

const flipSchema = v.strictObject({
  ...headAddressSchema.entries,
  asker: askerSchema,
  /** Weight on the first and on the second noun, in the first and in the second sentence. */
  weights: v.tuple([v.tuple([v.number(), v.number()]), v.tuple([v.number(), v.number()])]),
  /**
   * The smaller of the two margins: of the first noun over the second in the first sentence, of the
   * second over the first in the second. Above 0: it flips.
   */
  score: v.number(),
  /** The same of the nouns the other way round: it flips to the wrong ones. */
  opposite: v.number(),
  /** The larger of both scores with the control in the second sentence's place, where nothing should flip; null: no control. */
  control: v.nullable(v.number()),
});
export type Flip = v.InferOutput<typeof flipSchema>;

/** A sentence as the model read it. */
const readSchema = v.strictObject({
  /** Tokens of the source. */
  word: groupSchema,
  last: groupSchema,
  nouns: v.tuple([groupSchema, groupSchema]),
  /** What an encoder–decoder wrote; null: other models. */
  output: v.nullable(v.string()),
  /** The pronoun it wrote: which of the two, and its first output token; null: neither. */
  pronoun: v.nullable(
    v.strictObject({
      which: v.picklist([0, 1]),
      token: indexSchema,
      /** Where its choice looks in the text: mean over all heads of cross-attention. */
      looks: v.strictObject({
        nouns: v.tuple([v.number(), v.number()]),
        word: v.number(),
        last: v.number(),
      }),
    }),
  ),
});
export type TourRead = v.InferOutput<typeof readSchema>;

/**
 * Margins from here on are called clear: a tenth of all that a head has to give, in both sentences.
 * Smaller ones come about by accident in any model.
 */
export const CLEAR_FLIP = 0.1;

const countsSchema = v.strictObject({
  asker: askerSchema,
  /** Heads looked at. */
  searched: indexSchema,
  /** With any margin above 0. */
  flips: indexSchema,
  clear: indexSchema,
  /** Clearly, the wrong way round. */
  opposite: indexSchema,
  /** Clearly between two sentences that mean the same noun; null: no control. */
  control: v.nullable(indexSchema),
});
export type FlipCounts = v.InferOutput<typeof countsSchema>;

/** Every head that may look from a word to two nouns, in two sentences. */
export const tourStudy = {
  question: v.strictObject({ pair: tourPairSchema }),
  answer: v.strictObject({
    reads: v.tuple([readSchema, readSchema]),
    /** Largest score first; a head of cross-attention once for each asker. */
    flips: v.array(flipSchema),
    counts: v.array(countsSchema),
    /** Those that flip clearly, each once, largest score first. */
    clear: v.array(headAddressSchema),
  }),
} as const;

const effectSchema = v.strictObject({
  /** Of the two pronouns, where the model as trained wrote one of them; null: it is no single token. */
  probabilities: v.tuple([v.nullable(v.number()), v.nullable(v.number())]),
  /** What it writes by itself. */
  output: v.string(),
  pronoun: v.nullable(v.picklist([0, 1])),
});
export type Effect = v.InferOutput<typeof effectSchema>;

const effects = v.tuple([effectSchema, effectSchema]);

/** Random sets at most: each is two translations to wait for, and many more tell no more. */
export const MAX_DRAWS = 100;

/**
 * What muted heads do to the pronoun, sentence by sentence. Probabilities: with all that the model as
 * trained wrote before the pronoun given to it, so that only the muting differs.
 */
export const tourMutingStudy = {
  question: v.strictObject({
    pair: tourPairSchema,
    /** Muted together. */
    heads: v.pipe(v.array(headAddressSchema), v.minLength(1)),
    /** Of these, muted one by one as well: the first so many. */
    single: indexSchema,
    /** Random sets of the same size from the other heads, one for each seed from 1 on. */
    draws: v.pipe(indexSchema, v.maxValue(MAX_DRAWS)),
  }),
  answer: v.strictObject({
    /** As trained. */
    trained: effects,
    single: v.array(effects),
    together: effects,
    draws: v.array(
      v.strictObject({ seed: indexSchema, heads: v.array(headAddressSchema), effects }),
    ),
  }),
} as const;
