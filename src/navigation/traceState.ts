/** What can be read off a trace's snapshot. Pure. */
import type { Half, Side, Stack, Unit } from '../protocol/address';
import type { Navigation } from '../protocol/navigation';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import * as stacks from '../protocol/stacks';
import type { LayerAddress, Plan, Token, WrittenToken } from '../protocol/trace';
import { entriesOf, groupsOf, type TokenGroup } from '../protocol/words';

export const pictureKey = ({ stack, layer }: LayerAddress): string => `${stack}/${layer}`;

export function tokensOf(snapshot: TraceSnapshot, side: Side): readonly Token[] {
  if (snapshot.plan === null) return [];
  const { plan, written } = snapshot;
  const given = side === 'source' ? plan.source : plan.target;
  return writingSide(plan) === side ? [...given, ...written.map(({ token }) => token)] : given;
}

/** The side that written tokens belong to: a model that is but a decoder goes on with the reader's own text. */
export const writingSide = ({ model }: Pick<Plan, 'model'>): Side =>
  model.architecture === 'decoder' ? 'source' : 'target';

/** Tokens of the writing side that stand before the first written one. */
export const givenCount = ({ plan }: TraceSnapshot): number =>
  plan === null ? 0 : plan[writingSide(plan)].length;

/** What else the model might have written where this token of the writing side stands; null if it was not written. */
export function writtenAt(snapshot: TraceSnapshot, index: number): WrittenToken | null {
  return snapshot.written[index - givenCount(snapshot)] ?? null;
}

/** The same for an entry of `listedOf`; null also for a word of several tokens. */
export function writtenFor(
  snapshot: TraceSnapshot,
  index: number,
  unit: Unit,
): WrittenToken | null {
  const side = snapshot.plan === null ? 'target' : writingSide(snapshot.plan);
  const group = groupsOn(snapshot, side, unit)[index];
  return group === undefined || group.first < group.last ? null : writtenAt(snapshot, group.first);
}

/** The sides of a matrix. Until a plan is known, those of an encoder–decoder. */
export const querySide = ({ plan }: TraceSnapshot, stack: Stack): Side =>
  stacks.querySide(plan?.model.architecture ?? 'encoderDecoder', stack);
export const keySide = ({ plan }: TraceSnapshot, stack: Stack): Side =>
  stacks.keySide(plan?.model.architecture ?? 'encoderDecoder', stack);

/** Tokens or words of a side, as views list them. */
export function listedOf(snapshot: TraceSnapshot, side: Side, unit: Unit): readonly Token[] {
  const { plan, output } = snapshot;
  if (plan === null) return [];
  const texts = side === 'source' ? [plan.text, plan.pair] : [output];
  return entriesOf(tokensOf(snapshot, side), unit, texts, output);
}

/** Which tokens each entry of `listedOf` stands for. */
export const groupsOn = (snapshot: TraceSnapshot, side: Side, unit: Unit): readonly TokenGroup[] =>
  groupsOf(tokensOf(snapshot, side), unit);

/**
 * Tokens of a side that the stack has read. The newest output token is only read in the step that
 * writes the next one, so the last one of all never is.
 */
export function readCount(snapshot: TraceSnapshot, side: Side, unit: Unit = 'token'): number {
  const { plan, written } = snapshot;
  if (plan === null) return 0;
  const tokens = tokensOf(snapshot, side);
  // Before its first step the decoder of two stacks has not read its start token either.
  const unread = written.length > 0 ? 1 : side === 'target' ? tokens.length : 0;
  if (side !== writingSide(plan)) return groupsOf(tokens, unit).length;
  return groupsOf(tokens.slice(0, tokens.length - unread), unit).length;
}

export const layerCount = (plan: Plan, stack: Stack): number =>
  stack === 'encoder' ? plan.model.layers.encoder : plan.model.layers.decoder;

export const headCount = (plan: Plan, stack: Stack): number =>
  stack === 'encoder' ? plan.model.heads.encoder : plan.model.heads.decoder;

/** The stack that reads the reader's text: its layers come one by one. */
export const readingStack = ({ model }: Plan): Half =>
  stacks.halfReading(model.architecture, 'source');

/** Layers of the reading stack that there is something to show of, be it approximate. */
export const layersToShow = ({ layers, previewed }: TraceSnapshot): readonly LayerAddress[] => [
  ...layers,
  ...(previewed?.approximate ?? []),
];

/** Whether a view of a layer, or of the mean over all, is one of this layer, too. */
export const showsLayer = (
  { stack, layer }: Pick<Navigation, 'stack' | 'layer'>,
  one: LayerAddress,
): boolean => stack === one.stack && (layer === one.layer || layer === 'mean');

/** Layers of the reading stack that are computed. */
export const layersDone = ({ layers }: TraceSnapshot): number => layers.length;

export const isRunning = (snapshot: TraceSnapshot): boolean => snapshot.outcome === null;
