import * as v from 'valibot';
import { indexSchema, sideSchema } from '../address';
import { vocabularyTokenSchema } from './neurons';

/** Ends from which a token table is used. */
export const tableEndSchema = v.picklist(['source', 'target', 'output']);
export type TableEnd = v.InferOutput<typeof tableEndSchema>;

/** One memory seen from up to three ends (section 3.4; Press & Wolf 2017), and a token's row in it. */
export const tiedEmbeddingsStudy = {
  question: v.strictObject({ side: sideSchema, token: indexSchema }),
  answer: v.strictObject({
    /** Ends with the table each one uses: equal numbers, one table. */
    ends: v.array(
      v.strictObject({
        end: tableEndSchema,
        table: indexSchema,
        /** Entries × numbers of each. */
        rows: indexSchema,
        width: indexSchema,
        /** Factor on what is read from it (√d_model), or on what meets it. */
        scale: v.number(),
      }),
    ),
    /** Numbers in the tables as they are, and if each end had its own. */
    parameters: indexSchema,
    untied: indexSchema,
    /** The token's own entry. */
    token: vocabularyTokenSchema,
    rowNorm: v.number(),
    /** The entries most like it. */
    nearest: v.array(v.strictObject({ token: vocabularyTokenSchema, cosine: v.number() })),
    /** The token's column of the output matrix beside its row; null: the output has none. */
    column: v.nullable(v.strictObject({ difference: v.number(), cosine: v.number() })),
  }),
} as const;
