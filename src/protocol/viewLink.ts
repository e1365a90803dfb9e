import * as v from 'valibot';
import { indexSchema } from './address';
import { MAX_TEXT_CHARACTERS } from './limits';
import { keptNavigationSchema } from './navigation';
import { writingSchema } from './writing';

/**
 * Longest text that travels in a link. Systems cut addresses beyond about 8,000 characters, and base
 * 64 of a Chinese text takes four characters for each of its own.
 */
export const MAX_LINK_CHARACTERS = 1_000;

/** Longest way of writing (as JSON) that travels in a link; for the same reason. */
export const MAX_LINKED_WRITING = 1_000;

const linkedText = {
  /** The text, or of a long one only its SHA-256 (hex) and length: it is then read from its document. */
  text: v.union([
    v.pipe(v.string(), v.maxLength(MAX_LINK_CHARACTERS)),
    v.strictObject({
      sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      length: v.pipe(indexSchema, v.maxValue(MAX_TEXT_CHARACTERS)),
    }),
  ]),
  /** Where it stands; null for a text from no document. */
  place: v.nullable(v.strictObject({ uri: v.string(), line: indexSchema, character: indexSchema })),
} as const;

/** A view of an inspected text, as a `vscode://` address carries it. From outside: nothing in it is trusted. */
export const viewLinkSchema = v.strictObject({
  ...linkedText,
  /** The second text of a pair; earlier links know of none. */
  pair: v.optional(v.nullable(v.strictObject(linkedText)), null),
  /** Folder name of the model; a link cannot name a folder. */
  model: v.string(),
  language: v.nullable(v.string()),
  /** How the model writes; earlier links know of its own way only. */
  writing: v.optional(v.nullable(writingSchema), null),
  navigation: keptNavigationSchema,
});
export type ViewLink = v.InferOutput<typeof viewLinkSchema>;
