import * as v from 'valibot';
import { branchSchema } from './branch';
import { navigationSchema } from './navigation';
import { traceSnapshotSchema } from './traceSnapshot';

/**
 * How an inspected text and its document stand to each other. `linked`: its characters are there.
 * `stale`: they were edited since. `lost`: the document is closed, or holds something else.
 * `none`: the text came from no document.
 */
export const documentLinkSchema = v.picklist(['linked', 'stale', 'lost', 'none']);
export type DocumentLink = v.InferOutput<typeof documentLinkSchema>;

/** What the strongest colour stands for: the largest weight in sight, or the weight 1. */
export const colourScaleSchema = v.picklist(['relative', 'absolute']);
export type ColourScaleChoice = v.InferOutput<typeof colourScaleSchema>;

/** A view kept for comparison, with the trace it belongs to. */
export const pinnedViewSchema = v.strictObject({
  snapshot: traceSnapshotSchema,
  navigation: navigationSchema,
});
export type PinnedView = v.InferOutput<typeof pinnedViewSchema>;

/** Where the reader stands, as every view of this window knows it. */
export const readerStateSchema = v.strictObject({
  navigation: navigationSchema,
  link: documentLinkSchema,
  pinned: v.nullable(pinnedViewSchema),
  /** Outputs of the inspected text so far, in the order they began. */
  branches: v.array(branchSchema),
  canGoBack: v.boolean(),
  canGoForward: v.boolean(),
  colourScale: colourScaleSchema,
});
export type ReaderState = v.InferOutput<typeof readerStateSchema>;
