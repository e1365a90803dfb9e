/** What the reader may look at, and what follows from a choice. Pure functions on navigation. */
import type { Direction, MatrixAddress, RowAddress, Stack } from '../protocol/address';
import { initialNavigation, type Navigation } from '../protocol/navigation';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import type { Side } from '../protocol/queries';
import {
  encoderLayersDone,
  headCount,
  isRunning,
  keySide,
  layerCount,
  querySide,
  readCount,
  tokensOf,
} from './traceState';

export interface ChosenToken {
  readonly side: Side;
  readonly index: number;
}

/** The side whose token is chosen, and the side that its weights colour. */
export const chosenSide = (stack: Stack, direction: Direction): Side =>
  direction === 'looksAt' ? querySide(stack) : keySide(stack);
export const colouredSide = (stack: Stack, direction: Direction): Side =>
  direction === 'looksAt' ? keySide(stack) : querySide(stack);

/** The middle ordinary token, a word if there is one: something to begin with that favours no sentence. */
function middleToken(snapshot: TraceSnapshot, side: Side): number | null {
  const read = tokensOf(snapshot, side).slice(0, readCount(snapshot, side));
  const ordinary = read.flatMap(({ special }, index) => (special ? [] : [index]));
  const words = ordinary.filter((index) => /[\p{L}\p{N}]/u.test(read[index]?.label ?? ''));
  const choice = words.length > 0 ? words : ordinary;
  return choice[Math.floor(choice.length / 2)] ?? null;
}

/** True for what a first inspection begins with: the reader has chosen nothing yet. */
export const isUntouched = (navigation: Navigation): boolean =>
  JSON.stringify(navigation) === JSON.stringify(initialNavigation);

/** The deepest encoder layer there is: while a text is read, the view goes along with the model. */
export function atNewestLayer(navigation: Navigation, snapshot: TraceSnapshot): Navigation {
  return { ...navigation, stack: 'encoder', layer: Math.max(0, encoderLayersDone(snapshot) - 1) };
}

/** Whether the reader went to another matrix, not merely to another token of it. */
export const leavesMatrix = (from: Navigation, to: Navigation): boolean =>
  from.stack !== to.stack || from.layer !== to.layer || from.head !== to.head;

/** Brings a navigation into the bounds of a plan, and fills what the reader has not chosen yet. */
export function settle(navigation: Navigation, snapshot: TraceSnapshot): Navigation {
  const { plan } = snapshot;
  if (plan === null) return navigation;
  const { stack, direction } = navigation;
  let { layer, head } = navigation;
  if (layer !== 'mean') layer = Math.max(0, Math.min(layer, layerCount(plan, stack) - 1));
  if (typeof head === 'number') {
    // Head 3 of one layer has nothing to do with head 3 of another: there is no mean of them.
    head = layer === 'mean' ? 'mean' : Math.min(head, headCount(plan, stack) - 1);
  }
  const side = chosenSide(stack, direction);
  let { token } = navigation;
  const gone = token !== null && token.index >= tokensOf(snapshot, side).length;
  // A token the model has not written yet may still come.
  if (token !== null && (token.side !== side || (gone && !isRunning(snapshot)))) token = null;
  if (token === null) {
    const index = middleToken(snapshot, side);
    if (index !== null) token = { side, index, locked: false };
  }
  return { ...navigation, layer, head, token };
}

/** Choosing a token may need another matrix: one where a token of its side can be chosen. */
export function choosing(navigation: Navigation, token: ChosenToken, locked: boolean): Navigation {
  let { stack, direction } = navigation;
  if (chosenSide(stack, direction) !== token.side) {
    stack = 'cross';
    direction = token.side === 'target' ? 'looksAt' : 'lookedAt';
  }
  return { ...navigation, stack, direction, token: { ...token, locked } };
}

export function matrixAddress({ stack, layer, head, hideSpecials }: Navigation): MatrixAddress {
  return { stack, layer, head, hideSpecials };
}

/** Whether the engine has computed what this navigation shows (or will not compute more). */
export function isComputed(navigation: Navigation, snapshot: TraceSnapshot): boolean {
  const { plan } = snapshot;
  if (plan === null) return false;
  if (navigation.stack !== 'encoder') return readCount(snapshot, 'target') > 0;
  if (navigation.layer === 'mean') return encoderLayersDone(snapshot) === plan.model.layers.encoder;
  return snapshot.layers.some(
    ({ stack, layer }) => stack === 'encoder' && layer === navigation.layer,
  );
}

/** The row to ask for, or null while there is nothing to ask. */
export function rowAddress(
  navigation: Navigation,
  snapshot: TraceSnapshot,
  preview: ChosenToken | null,
): RowAddress | null {
  const token = preview ?? navigation.token;
  const { stack, direction } = navigation;
  if (token === null || token.side !== chosenSide(stack, direction)) return null;
  if (!isComputed(navigation, snapshot)) return null;
  if (token.index >= readCount(snapshot, token.side)) return null;
  const chosen = tokensOf(snapshot, token.side)[token.index];
  if (navigation.hideSpecials && chosen?.special === true) return null;
  return { ...matrixAddress(navigation), direction, token: token.index };
}
