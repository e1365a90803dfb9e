/** What the reader may look at, and what follows from a choice. Pure functions on navigation. */
import type { Direction, MatrixAddress, RowAddress, Side, Stack, Unit } from '../protocol/address';
import { initialNavigation, type Navigation, type NavigationChange } from '../protocol/navigation';
import type { TraceSnapshot } from '../protocol/traceSnapshot';
import { stacksOf } from '../protocol/stacks';
import { groupOf } from '../protocol/words';
import { canWrite } from './canWrite';
import { isPossible } from './possibleChange';
import {
  groupsOn,
  headCount,
  isRunning,
  keySide,
  layerCount,
  layersToShow,
  listedOf,
  querySide,
  readCount,
  readingStack,
} from './traceState';

export interface ChosenToken {
  readonly side: Side;
  readonly index: number;
}

/** The side whose token is chosen, and the side that its weights colour. */
export const chosenSide = (snapshot: TraceSnapshot, stack: Stack, direction: Direction): Side =>
  direction === 'looksAt' ? querySide(snapshot, stack) : keySide(snapshot, stack);
export const colouredSide = (snapshot: TraceSnapshot, stack: Stack, direction: Direction): Side =>
  direction === 'looksAt' ? keySide(snapshot, stack) : querySide(snapshot, stack);

/** The middle ordinary token, a word if there is one: something to begin with that favours no sentence. */
function middleToken(snapshot: TraceSnapshot, side: Side, unit: Unit): number | null {
  const read = listedOf(snapshot, side, unit).slice(0, readCount(snapshot, side, unit));
  const ordinary = read.flatMap(({ special }, index) => (special ? [] : [index]));
  const words = ordinary.filter((index) => /[\p{L}\p{N}]/u.test(read[index]?.label ?? ''));
  const choice = words.length > 0 ? words : ordinary;
  return choice[Math.floor(choice.length / 2)] ?? null;
}

/** True for what a first inspection begins with: the reader has chosen nothing yet. */
export const isUntouched = (navigation: Navigation): boolean =>
  JSON.stringify(navigation) === JSON.stringify(initialNavigation);

/** The deepest layer there is of the stack that reads the text: while a text is read, the view goes along with the model. */
export function atNewestLayer(navigation: Navigation, snapshot: TraceSnapshot): Navigation {
  const stack = snapshot.plan === null ? navigation.stack : readingStack(snapshot.plan);
  return { ...navigation, stack, layer: Math.max(0, layersToShow(snapshot).length - 1) };
}

/** Whether the reader went to another matrix, not merely to another token of it. */
export const leavesMatrix = (from: Navigation, to: Navigation): boolean =>
  from.stack !== to.stack || from.layer !== to.layer || from.head !== to.head;

/** Brings a navigation into the bounds of a plan, and fills what the reader has not chosen yet. */
export function settle(navigation: Navigation, snapshot: TraceSnapshot): Navigation {
  const { plan } = snapshot;
  if (plan === null) return navigation;
  const { direction, unit } = navigation;
  let { stack, layer, head, view } = navigation;
  const stacks = stacksOf(plan.model.architecture);
  // A state kept from a model of another kind.
  if (!stacks.includes(stack)) stack = stacks[0]!;
  if (view === 'prediction' && plan.model.task === null) view = 'matrix';
  if (view === 'film' && !canWrite(plan.model)) view = 'matrix';
  if (layer !== 'mean') layer = Math.max(0, Math.min(layer, layerCount(plan, stack) - 1));
  if (typeof head === 'number') {
    // Head 3 of one layer has nothing to do with head 3 of another: there is no mean of them.
    head = layer === 'mean' ? 'mean' : Math.min(head, headCount(plan, stack) - 1);
  }
  const side = chosenSide(snapshot, stack, direction);
  let { token } = navigation;
  const gone = token !== null && token.index >= listedOf(snapshot, side, unit).length;
  // A token the model has not written yet may still come.
  if (token !== null && (token.side !== side || (gone && !isRunning(snapshot)))) token = null;
  if (token === null) {
    const index = middleToken(snapshot, side, unit);
    if (index !== null) token = { side, index, locked: false };
  }
  const kept = keptTheory(navigation, snapshot, stack);
  return { ...navigation, stack, layer, head, token, view, ...kept };
}

/** What is taken apart or changed, as far as this text and model have it. */
function keptTheory(
  { key, unit, whatIf }: Navigation,
  snapshot: TraceSnapshot,
  stack: Stack,
): Pick<Navigation, 'key' | 'whatIf'> {
  const keys = listedOf(snapshot, keySide(snapshot, stack), unit).length;
  return {
    key: key !== null && key >= keys && !isRunning(snapshot) ? null : key,
    whatIf: whatIf !== null && isPossible(whatIf, snapshot) ? whatIf : null,
  };
}

/**
 * What a change makes of a navigation, before it is settled. With another unit the chosen token
 * becomes the word it belongs to, and a word its first token.
 */
export function changed(
  navigation: Navigation,
  change: NavigationChange,
  snapshot: TraceSnapshot,
): Navigation {
  const next = { ...navigation, ...change };
  // A key is one of its matrix, among other tokens its number means another one; and why one query
  // looks there is no question about another.
  const isElsewhere =
    next.stack !== navigation.stack ||
    next.unit !== navigation.unit ||
    next.token?.index !== navigation.token?.index;
  if (change.key === undefined && isElsewhere) next.key = null;
  const { token } = navigation;
  if (next.unit === navigation.unit || token === null || change.token !== undefined) return next;
  const words = groupsOn(snapshot, token.side, 'word');
  const index =
    next.unit === 'word' ? groupOf(words, token.index) : (words[token.index]?.first ?? 0);
  return { ...next, token: { ...token, index: Math.max(0, index) } };
}

/** Choosing a token may need another matrix: one where a token of its side can be chosen. */
export function choosing(
  navigation: Navigation,
  snapshot: TraceSnapshot,
  token: ChosenToken,
  locked: boolean,
): Navigation {
  let { stack, direction } = navigation;
  if (chosenSide(snapshot, stack, direction) !== token.side) {
    stack = 'cross';
    direction = token.side === 'target' ? 'looksAt' : 'lookedAt';
  }
  return { ...navigation, stack, direction, token: { ...token, locked } };
}

export function matrixAddress({
  stack,
  layer,
  head,
  hideSpecials,
  unit,
}: Navigation): MatrixAddress {
  return { stack, layer, head, hideSpecials, unit };
}

/** Whether the engine has computed what this navigation shows, be it approximately (or will not compute more). */
export function isComputed(navigation: Navigation, snapshot: TraceSnapshot): boolean {
  const { plan } = snapshot;
  if (plan === null) return false;
  const reading = readingStack(plan);
  if (navigation.stack !== reading) return readCount(snapshot, 'target') > 0;
  const shown = layersToShow(snapshot);
  if (navigation.layer === 'mean') return shown.length === layerCount(plan, reading);
  return shown.some(({ layer }) => layer === navigation.layer);
}

/** The row to ask for, or null while there is nothing to ask. */
export function rowAddress(
  navigation: Navigation,
  snapshot: TraceSnapshot,
  preview: ChosenToken | null,
): RowAddress | null {
  const token = preview ?? navigation.token;
  const { stack, direction, unit } = navigation;
  if (token === null || token.side !== chosenSide(snapshot, stack, direction)) return null;
  if (!isComputed(navigation, snapshot)) return null;
  if (token.index >= readCount(snapshot, token.side, unit)) return null;
  const chosen = listedOf(snapshot, token.side, unit)[token.index];
  if (navigation.hideSpecials && chosen?.special === true) return null;
  return { ...matrixAddress(navigation), direction, token: token.index };
}
