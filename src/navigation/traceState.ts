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
  if (side === 'source') return snapshot.plan.source;
  return [...snapshot.plan.target, ...snapshot.written.map(({ token }) => token)];
}

/** What else the model might have written where this output token stands; null if it was given. */
export function writtenAt(snapshot: TraceSnapshot, index: number): WrittenToken | null {
  return snapshot.written[index - (snapshot.plan?.target.length ?? 0)] ?? null;
}

/** The same for an entry of `listedOf`; null also for a word of several tokens. */
export function writtenFor(
  snapshot: TraceSnapshot,
  index: number,
  unit: Unit,
): WrittenToken | null {
  const group = groupsOn(snapshot, 'target', unit)[index];
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
  return entriesOf(tokensOf(snapshot, side), unit, texts);
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
  const unread = side === 'source' ? 0 : written.length === 0 ? plan.target.length : 1;
  const tokens = tokensOf(snapshot, side);
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
