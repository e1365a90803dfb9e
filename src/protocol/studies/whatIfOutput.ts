/** What a change does to what the model says. */
import * as v from 'valibot';
import { indexSchema } from '../address';
import { changeSchema } from '../change';
import { tokenSchema } from '../trace';

const bothEntries = { asTrained: v.number(), changed: v.number() } as const;
const bothSchema = v.strictObject(bothEntries);
export type Both = v.InferOutput<typeof bothSchema>;

/** A token that either of the two might write, with its probability in both. */
const candidateSchema = v.strictObject({
  id: indexSchema,
  label: v.string(),
  continues: v.nullable(v.boolean()),
  ...bothEntries,
});

const positionEntries = {
  /** Where in the pass the distributions were read. */
  position: indexSchema,
  /** The likeliest of either, likeliest as trained first. */
  candidates: v.array(candidateSchema),
  /** KL(as trained ‖ changed) there, in bits. */
  divergence: v.number(),
} as const;

const outputSchema = v.variant('kind', [
  /** Of a token of the text. */
  v.strictObject({
    kind: v.literal('tokens'),
    ...positionEntries,
    /** The token that does follow (or stand there); null at the end of the text. */
    actual: v.nullable(candidateSchema),
  }),
  /** Of what an encoder–decoder wrote, each token given the written ones before it. */
  v.strictObject({
    kind: v.literal('written'),
    ...positionEntries,
    /** Probability of each written token, and the divergence where it was chosen, in bits. */
    steps: v.array(v.strictObject({ ...bothEntries, divergence: v.number() })),
  }),
  v.strictObject({
    kind: v.literal('sequenceLabels'),
    /** Probabilities by label; for a regression the logits. */
    labels: v.array(bothSchema),
    /** Null where labels are no alternatives of each other. */
    divergence: v.nullable(v.number()),
  }),
  v.strictObject({
    kind: v.literal('tokenLabels'),
    position: indexSchema,
    labels: v.array(bothSchema),
    divergence: v.number(),
    /** Tokens whose likeliest label is another. */
    turned: indexSchema,
  }),
  v.strictObject({
    kind: v.literal('answerSpan'),
    /** Best spans of either, best as trained first. */
    answers: v.array(
      v.strictObject({ first: indexSchema, last: indexSchema, text: v.string(), ...bothEntries }),
    ),
  }),
  v.strictObject({
    kind: v.literal('replacedToken'),
    /** Probability of each token to be a replacement. */
    tokens: v.array(bothSchema),
    /** Tokens that the model takes for the other kind. */
    turned: indexSchema,
  }),
  /** The model says nothing; its last layer's vector is all there is. */
  v.strictObject({ kind: v.literal('states'), position: indexSchema }),
]);
export type ChangedOutput = v.InferOutput<typeof outputSchema>;

/** The output, teacher-forced: the model reads the same tokens. */
export const whatIfOutput = {
  question: v.strictObject({
    change: changeSchema,
    /** Token of the text, or step of the output; null: where the output changes most. */
    position: v.nullable(indexSchema),
  }),
  answer: v.strictObject({
    output: outputSchema,
    /** Cosine of what the head reads at the position, changed against as trained. */
    cosine: v.number(),
    /** Largest difference of a number among all that the head reads. */
    largest: v.number(),
  }),
} as const;

/** The text written anew, with the change in every step. Fails with `change.*` where it means nothing then. */
export const whatIfText = {
  question: v.strictObject({ change: changeSchema }),
  answer: v.strictObject({
    tokens: v.array(v.strictObject({ token: tokenSchema, probability: v.number() })),
    text: v.string(),
    /** The first written token that is another; null: the text is the same. */
    firstDifference: v.nullable(indexSchema),
    /** False: it was cut off after so many tokens. */
    ended: v.boolean(),
  }),
} as const;
