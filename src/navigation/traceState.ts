/** What can be read off a trace's snapshot. Pure. */
import type { Stack } from '../protocol/address';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import type { Side } from '../protocol/queries';
import type { LayerAddress, Plan, Token, WrittenToken } from '../protocol/trace';

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

/** The sides of a matrix. */
export const querySide = (stack: Stack): Side => (stack === 'encoder' ? 'source' : 'target');
export const keySide = (stack: Stack): Side => (stack === 'decoder' ? 'target' : 'source');

/**
 * Tokens of a side that the stack has read. The newest output token is only read in the step that
 * writes the next one, so the last one of all never is.
 */
export function readCount(snapshot: TraceSnapshot, side: Side): number {
  const { plan, written } = snapshot;
  if (plan === null) return 0;
  if (side === 'source') return plan.source.length;
  return written.length === 0 ? 0 : plan.target.length + written.length - 1;
}

export const layerCount = (plan: Plan, stack: Stack): number =>
  stack === 'encoder' ? plan.model.layers.encoder : plan.model.layers.decoder;

export const headCount = (plan: Plan, stack: Stack): number =>
  stack === 'encoder' ? plan.model.heads.encoder : plan.model.heads.decoder;

export const encoderLayersDone = (snapshot: TraceSnapshot): number =>
  snapshot.layers.filter(({ stack }) => stack === 'encoder').length;

export const isRunning = (snapshot: TraceSnapshot): boolean => snapshot.outcome === null;
