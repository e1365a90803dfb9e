import * as v from 'valibot';
import {
  headSchema,
  indexSchema,
  layerSchema,
  rowAddressSchema,
  stackSchema,
  unitSchema,
} from './address';
import { requestIdSchema, traceEventSchema } from './engineMessages';
import { failureSchema } from './failureSchema';
import { MAX_TEXT_CHARACTERS } from './limits';
import { navigationChangeSchema } from './navigation';
import { querySchema } from './queries';
import { readerStateSchema } from './readerState';
import { traceIdSchema } from './trace';
import { writingSchema } from './writing';
import { traceSnapshotSchema } from './traceSnapshot';

/** What can be taken out of the panel. The host writes clipboard and files. */
export const copySchema = v.variant('what', [
  v.strictObject({ what: v.literal('rowCsv'), address: rowAddressSchema }),
  v.strictObject({
    what: v.literal('matrixNpy'),
    stack: stackSchema,
    layer: layerSchema,
    head: headSchema,
    hideSpecials: v.boolean(),
    unit: unitSchema,
  }),
  v.strictObject({
    what: v.literal('python'),
    stack: stackSchema,
    layer: layerSchema,
    head: headSchema,
    query: indexSchema,
    key: indexSchema,
  }),
  v.strictObject({ what: v.literal('png'), data: v.instance(ArrayBuffer) }),
  v.strictObject({ what: v.literal('svg'), text: v.string() }),
]);
export type Copy = v.InferOutput<typeof copySchema>;

/** Counts what a page told of the reader's moves, so that it knows which of them the host has heard. */
const sequenceSchema = indexSchema;

/** A text, and where to look in it. */
const textSightSchema = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(MAX_TEXT_CHARACTERS)),
  change: navigationChangeSchema,
});
export type TextSight = v.InferOutput<typeof textSightSchema>;

/** Webview → host. A webview never names a VS Code command. */
export const fromPanelSchema = v.variant('type', [
  /** The page is (again) able to receive; the host answers with `welcome`. */
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('credit'), trace: traceIdSchema, pictures: indexSchema }),
  /** About the trace on screen or the pinned one. */
  v.strictObject({
    type: v.literal('query'),
    request: requestIdSchema,
    trace: traceIdSchema,
    query: querySchema,
  }),
  /** Nobody waits for the answer to a study any more. */
  v.strictObject({ type: v.literal('withdraw'), request: requestIdSchema }),
  v.strictObject({
    type: v.literal('navigate'),
    sequence: sequenceSchema,
    trace: traceIdSchema,
    change: navigationChangeSchema,
  }),
  /** One step through what was looked at before. */
  v.strictObject({ type: v.literal('go'), where: v.picklist(['back', 'forward']) }),
  /** Keep the view of this trace for comparison, let it go, or go to it (and keep this one instead). */
  v.strictObject({
    type: v.literal('pin'),
    what: v.picklist(['pin', 'unpin', 'swap']),
    trace: traceIdSchema,
  }),
  /** A link that reopens exactly this view, into the clipboard. */
  v.strictObject({ type: v.literal('copyLink') }),
  /** Run the same text again, in this language if the model has a switch; of an edited document the text as it is now. */
  v.strictObject({ type: v.literal('rerun'), language: v.nullable(v.string()) }),
  /** Have the model write from the text of this trace; null: read it only. What it writes is a branch of what is on screen. */
  v.strictObject({
    type: v.literal('write'),
    trace: traceIdSchema,
    writing: v.nullable(writingSchema),
  }),
  /** Show a branch, compare it with what is on screen (which is pinned), or take it and what grew from it away. */
  v.strictObject({
    type: v.literal('branch'),
    what: v.picklist(['show', 'compare', 'prune']),
    branch: indexSchema,
  }),
  /** Open the output as a document beside the text. */
  v.strictObject({ type: v.literal('openOutput'), trace: traceIdSchema }),
  v.strictObject({ type: v.literal('cancel'), trace: traceIdSchema }),
  /** Run another text and look at it there; `pinned`: one to compare it with, kept beside it. */
  v.strictObject({
    type: v.literal('inspect'),
    sight: textSightSchema,
    pinned: v.nullable(textSightSchema),
  }),
  v.strictObject({ type: v.literal('copy'), trace: traceIdSchema, copy: copySchema }),
  /** Select a source token's characters in the editor. */
  v.strictObject({
    type: v.literal('reveal'),
    trace: traceIdSchema,
    span: v.tuple([indexSchema, indexSchema]),
    /** Which of two texts; left out: the first. */
    part: v.exactOptional(v.picklist([0, 1, 'output'])),
  }),
  v.strictObject({ type: v.literal('openCard') }),
  v.strictObject({ type: v.literal('selfTest') }),
]);
export type FromPanel = v.InferOutput<typeof fromPanelSchema>;

/** Host → webview. */
export const toPanelSchema = v.variant('type', [
  /** Full state: replaces whatever the page shows. */
  v.strictObject({
    type: v.literal('welcome'),
    /** English template → translation. */
    bundle: v.record(v.string(), v.string()),
    locale: v.string(),
    /** Null: nothing inspected yet. */
    snapshot: v.nullable(traceSnapshotSchema),
    state: readerStateSchema,
  }),
  /** Another trace takes the panel; the old one is void. */
  v.strictObject({
    type: v.literal('trace'),
    snapshot: traceSnapshotSchema,
    state: readerStateSchema,
  }),
  /** The reader moved, by whatever means. `seen`: the page's own last move that is in it. */
  v.strictObject({ type: v.literal('state'), seen: sequenceSchema, state: readerStateSchema }),
  /** The running trace goes on. */
  v.strictObject({ type: v.literal('event'), event: traceEventSchema }),
  v.strictObject({ type: v.literal('answer'), request: requestIdSchema, value: v.unknown() }),
  /** How far a study is. */
  v.strictObject({
    type: v.literal('progress'),
    request: requestIdSchema,
    fraction: v.number(),
  }),
  v.strictObject({ type: v.literal('refused'), request: requestIdSchema, failure: failureSchema }),
  /** Words for the reader above the content: the engine is restarted, a copy was made. Null clears. */
  v.strictObject({
    type: v.literal('notice'),
    notice: v.nullable(
      v.strictObject({ severity: v.picklist(['info', 'error']), failure: failureSchema }),
    ),
  }),
]);
export type ToPanel = v.InferOutput<typeof toPanelSchema>;
