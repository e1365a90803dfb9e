/** What came of translating a file, as it is listed, reported, and kept over a window reload. */
import * as v from 'valibot';
import { indexSchema } from '../../protocol/address';
import { failureSchema } from '../../protocol/failureSchema';
import { writingSchema } from '../../protocol/writing';

const figuresSchema = v.strictObject({
  bleu: v.number(),
  signature: v.string(),
  precisions: v.pipe(v.array(v.number()), v.readonly()),
  brevityPenalty: v.number(),
  hypothesisLength: indexSchema,
  referenceLength: indexSchema,
  chrf: v.number(),
  chrfSignature: v.string(),
  sentences: indexSchema,
});

const sentenceSchema = v.strictObject({
  /** In the source file, from 0. */
  line: indexSchema,
  source: v.string(),
  reference: v.nullable(v.string()),
  hypothesis: v.string(),
  /** Null: there is no translation. */
  meanLogProbability: v.nullable(v.number()),
  ended: v.boolean(),
  failure: v.nullable(failureSchema),
  /** Its figures alone, 0–100; null: there is no reference. */
  score: v.nullable(v.strictObject({ bleu: v.number(), chrf: v.number() })),
});
export type ScoredSentence = v.InferOutput<typeof sentenceSchema>;

export const corpusResultSchema = v.strictObject({
  /** Unique among the results. */
  id: v.string(),
  /** Address of the source file. */
  source: v.string(),
  /** Names of the source and of the file of references; null: beside the sentences, or none. */
  name: v.string(),
  references: v.nullable(v.string()),
  /** Folder. */
  model: v.string(),
  language: v.nullable(v.string()),
  writing: writingSchema,
  /** Addresses of what was written; null: the report could not be. */
  output: v.string(),
  report: v.nullable(v.string()),
  /** Why not everything was done; null: it was. */
  stopped: v.nullable(failureSchema),
  /** Sentences of the file, those that were done, and those of them that have no translation. */
  total: indexSchema,
  done: indexSchema,
  failed: indexSchema,
  seconds: v.number(),
  /** Null: there are no references. */
  figures: v.nullable(figuresSchema),
  /** Those done; after a reload the worst of them. */
  sentences: v.array(sentenceSchema),
});
export type CorpusResult = v.InferOutput<typeof corpusResultSchema>;
