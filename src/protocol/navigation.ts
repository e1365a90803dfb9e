import * as v from 'valibot';
import {
  directionSchema,
  headSchema,
  indexSchema,
  layerSchema,
  sideSchema,
  stackSchema,
  unitSchema,
} from './address';
import { changeSchema } from './change';

const entries = {
  stack: stackSchema,
  layer: layerSchema,
  head: headSchema,
  direction: directionSchema,
  hideSpecials: v.boolean(),
  unit: unitSchema,
  /** The chosen token (or word, as `unit` says), on the side it belongs to. */
  token: v.nullable(v.strictObject({ side: sideSchema, index: indexSchema, locked: v.boolean() })),
  /** The key whose score and weight are taken apart, an index of the key side; null: the heaviest one. */
  key: v.nullable(indexSchema),
  /** What is changed in the what-if view; null: nothing yet. */
  whatIf: v.nullable(changeSchema),
  /** The chapter that goes along with the views; null: none. */
  lesson: v.nullable(v.strictObject({ chapter: v.string(), step: indexSchema })),
  view: v.picklist([
    'matrix',
    'row',
    'positions',
    'prediction',
    'film',
    'compare',
    'steps',
    'heads',
    'map',
    'whatIf',
    'tour',
    'learn',
  ]),
} as const;

/** What the reader looks at. Only this (and UI trifles) is kept over reloads; all else is asked again. */
export const navigationSchema = v.strictObject(entries);
export type Navigation = v.InferOutput<typeof navigationSchema>;

/** The same as it was kept, or linked to, perhaps by an earlier version that knew less. */
export const keptNavigationSchema = v.strictObject({
  ...entries,
  unit: v.optional(unitSchema, 'token'),
  key: v.optional(entries.key, null),
  whatIf: v.optional(entries.whatIf, null),
  lesson: v.optional(entries.lesson, null),
});

/**
 * What a reader changed. Only that travels: panel, editor and side panel may each change something
 * at the same time, and none of them undoes another's.
 */
export const navigationChangeSchema = v.strictObject({
  stack: v.exactOptional(entries.stack),
  layer: v.exactOptional(entries.layer),
  head: v.exactOptional(entries.head),
  direction: v.exactOptional(entries.direction),
  hideSpecials: v.exactOptional(entries.hideSpecials),
  unit: v.exactOptional(entries.unit),
  token: v.exactOptional(entries.token),
  key: v.exactOptional(entries.key),
  whatIf: v.exactOptional(entries.whatIf),
  lesson: v.exactOptional(entries.lesson),
  view: v.exactOptional(entries.view),
});
export type NavigationChange = v.InferOutput<typeof navigationChangeSchema>;

/** Where a reader begins: the mean of the encoder's heads. Until something is chosen the view follows the newest layer. */
export const initialNavigation: Navigation = {
  stack: 'encoder',
  layer: 0,
  head: 'mean',
  direction: 'looksAt',
  hideSpecials: false,
  unit: 'token',
  token: null,
  key: null,
  whatIf: null,
  lesson: null,
  view: 'matrix',
};
