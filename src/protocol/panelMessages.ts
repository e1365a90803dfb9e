import * as v from 'valibot';
import {
  directionSchema,
  headSchema,
  indexSchema,
  layerSchema,
  rowAddressSchema,
  stackSchema,
} from './address';
import { requestIdSchema, traceEventSchema } from './engineMessages';
import { failureSchema } from './failureSchema';
import { querySchema, sideSchema } from './queries';
import { layerAddressSchema, planSchema, traceIdSchema, writtenTokenSchema } from './trace';

/** What the reader looks at. Only this (and UI trifles) is kept over reloads; all else is asked again. */
export const navigationSchema = v.strictObject({
  stack: stackSchema,
  layer: layerSchema,
  head: headSchema,
  direction: directionSchema,
  hideSpecials: v.boolean(),
  /** The chosen token, on the side it belongs to. */
  token: v.nullable(v.strictObject({ side: sideSchema, index: indexSchema, locked: v.boolean() })),
  view: v.picklist(['matrix', 'row', 'positions']),
});
export type Navigation = v.InferOutput<typeof navigationSchema>;

/** A trace as the host remembers it: enough to paint everything but pictures and numbers. */
export const traceSnapshotSchema = v.strictObject({
  trace: traceIdSchema,
  /** Where the text comes from, for the panel's header: a file name and a line. */
  origin: v.string(),
  loading: v.nullable(v.number()),
  plan: v.nullable(planSchema),
  /** Encoder layers whose attention exists. */
  layers: v.array(layerAddressSchema),
  written: v.array(writtenTokenSchema),
  /** Null while running. */
  outcome: v.nullable(v.picklist(['complete', 'cancelled', 'failed'])),
  failure: v.nullable(failureSchema),
  output: v.string(),
  milliseconds: v.nullable(v.number()),
});
export type TraceSnapshot = v.InferOutput<typeof traceSnapshotSchema>;

/** What can be taken out of the panel. The host writes clipboard and files. */
export const copySchema = v.variant('what', [
  v.strictObject({ what: v.literal('rowCsv'), address: rowAddressSchema }),
  v.strictObject({
    what: v.literal('matrixNpy'),
    stack: stackSchema,
    layer: layerSchema,
    head: headSchema,
    hideSpecials: v.boolean(),
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

/** Webview → host. A webview never names a VS Code command. */
export const fromPanelSchema = v.variant('type', [
  /** The page is (again) able to receive; the host answers with `welcome`. */
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('credit'), trace: traceIdSchema, pictures: indexSchema }),
  v.strictObject({
    type: v.literal('query'),
    request: requestIdSchema,
    trace: traceIdSchema,
    query: querySchema,
  }),
  v.strictObject({ type: v.literal('navigate'), navigation: navigationSchema }),
  /** Run the same text again, in this language if the model has a switch. */
  v.strictObject({ type: v.literal('rerun'), language: v.nullable(v.string()) }),
  v.strictObject({ type: v.literal('cancel'), trace: traceIdSchema }),
  v.strictObject({ type: v.literal('copy'), trace: traceIdSchema, copy: copySchema }),
  /** Select a source token's characters in the editor. */
  v.strictObject({
    type: v.literal('reveal'),
    trace: traceIdSchema,
    span: v.tuple([indexSchema, indexSchema]),
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
    navigation: navigationSchema,
    /** Null: nothing inspected yet. */
    snapshot: v.nullable(traceSnapshotSchema),
  }),
  /** A new trace takes the panel; the old one is void. */
  v.strictObject({
    type: v.literal('trace'),
    snapshot: traceSnapshotSchema,
    navigation: navigationSchema,
  }),
  /** The running trace goes on. */
  v.strictObject({ type: v.literal('event'), event: traceEventSchema }),
  v.strictObject({ type: v.literal('answer'), request: requestIdSchema, value: v.unknown() }),
  v.strictObject({ type: v.literal('refused'), request: requestIdSchema, failure: failureSchema }),
  /** Words for the reader above the content: the engine is restarted, a copy was made. Null clears. */
  v.strictObject({
    type: v.literal('notice'),
    notice: v.nullable(
      v.strictObject({ severity: v.picklist(['info', 'error']), failure: failureSchema }),
    ),
  }),
  v.strictObject({ type: v.literal('navigate'), navigation: navigationSchema }),
]);
export type ToPanel = v.InferOutput<typeof toPanelSchema>;

/** Where a reader begins: the mean of the encoder's heads. Until something is chosen the page follows the newest layer. */
export const initialNavigation: Navigation = {
  stack: 'encoder',
  layer: 0,
  head: 'mean',
  direction: 'looksAt',
  hideSpecials: false,
  token: null,
  view: 'matrix',
};
