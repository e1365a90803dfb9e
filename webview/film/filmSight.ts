/** The step of the film that a reader stands at, and which attention it shows. Pure. */
import { currentStep, queryOfStep, stepCount } from '../../src/navigation/film';
import { labelAt } from '../../src/navigation/labels';
import {
  headCount,
  isRunning,
  layerCount,
  tokensOf,
  writingSide,
} from '../../src/navigation/traceState';
import type { MatrixAddress, Side, Stack } from '../../src/protocol/address';
import type { Navigation } from '../../src/protocol/navigation';
import type { Plan, WrittenToken } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';

type Place = { readonly snapshot: TraceSnapshot; readonly navigation: Navigation };

export interface FilmSight {
  readonly plan: Plan;
  readonly steps: number;
  /** Counted from 0; people count from 1. */
  readonly step: number;
  /** What the step wrote. */
  readonly written: WrittenToken;
  /** The token, by its number on the writing side, that was read in the step. */
  readonly query: number;
  readonly side: Side;
  /** The step follows what is being written: the reader has not gone to another. */
  readonly live: boolean;
}

/** Null: nothing is written (yet). */
export function filmSightOf({ snapshot, navigation }: Place): FilmSight | null {
  const { plan } = snapshot;
  const step = currentStep(snapshot, navigation);
  const written = step === null ? undefined : snapshot.written[step];
  if (plan === null || step === null || written === undefined) return null;
  const side = writingSide(plan);
  const { token } = navigation;
  return {
    plan,
    steps: stepCount(snapshot),
    step,
    written,
    query: queryOfStep(snapshot, step),
    side,
    live: isRunning(snapshot) && !(token?.locked === true && token.side === side),
  };
}

/**
 * The matrix of a stack for the layer and head the reader chose: the nearest layer of a stack that has
 * fewer. A film is about tokens.
 */
export function filmAddress(plan: Plan, navigation: Navigation, stack: Stack): MatrixAddress {
  const { layer, head, hideSpecials } = navigation;
  return {
    stack,
    layer: layer === 'mean' ? layer : Math.min(layer, layerCount(plan, stack) - 1),
    head: typeof head === 'number' ? Math.min(head, headCount(plan, stack) - 1) : head,
    hideSpecials,
    unit: 'token',
  };
}

/** The label of what a step wrote, as lists have it. */
export function stepLabel(snapshot: TraceSnapshot, step: number): string {
  const { plan } = snapshot;
  return plan === null
    ? ''
    : labelAt(tokensOf(snapshot, writingSide(plan)), queryOfStep(snapshot, step) + 1);
}

/** Sum of the natural logarithms of the probabilities of all tokens up to a step, that one included. */
export const logProbability = (written: TraceSnapshot['written'], step: number): number =>
  written.slice(0, step + 1).reduce((sum, { probability }) => sum + Math.log(probability), 0);
