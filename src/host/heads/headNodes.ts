/** What the *Heads* view lists, without VS Code. Pure. */
import { headCount, layerCount } from '../../navigation/traceState';
import type { HeadChoice, LayerChoice, Stack } from '../../protocol/address';
import type { HeadMeasure, HeadProfile } from '../../protocol/headProfile';
import type { ColourScaleChoice } from '../../protocol/readerState';
import { stacksOf } from '../../protocol/stacks';
import type { Plan } from '../../protocol/trace';
import { sortHeads, strengthOf, type HeadOrder } from './headOrder';
import { strongestShare } from './measures';

/** One head, or what is summed up of several: what a reader can look at. */
export interface MatrixChoice {
  readonly stack: Stack;
  readonly layer: LayerChoice;
  readonly head: HeadChoice;
}

interface Node {
  /** The same over refreshes, so that VS Code keeps what is open and selected. */
  readonly id: string;
  readonly parent: HeadNode | null;
}

export interface StackNode extends Node {
  readonly kind: 'stack';
  readonly stack: Stack;
}

export interface LayerNode extends Node {
  readonly kind: 'layer';
  readonly stack: Stack;
  readonly layer: LayerChoice;
}

export interface MatrixNode extends Node {
  readonly kind: 'matrix';
  readonly matrix: MatrixChoice;
  /** Null for means and maxima, and while it is not known. */
  readonly profile: HeadProfile | null;
  /** 0–1, as it is coloured; null without a profile. */
  readonly strength: number | null;
}

/** Heads that a list by a measure leaves out. */
export interface UnmeasuredNode extends Node {
  readonly kind: 'unmeasured';
  readonly count: number;
}

export type HeadNode = StackNode | LayerNode | MatrixNode | UnmeasuredNode;

/** What the tree is built from. */
export interface HeadList {
  readonly plan: Plan;
  readonly profiles: readonly HeadProfile[];
  readonly order: HeadOrder;
  /** Where the reader stands. */
  readonly chosen: MatrixChoice;
  readonly colourScale: ColourScaleChoice;
}

export const idOf = ({ stack, layer, head }: MatrixChoice): string => `${stack}/${layer}/${head}`;

export const isSameMatrix = (a: MatrixChoice, b: MatrixChoice): boolean =>
  a.stack === b.stack && a.layer === b.layer && a.head === b.head;

/** Every matrix of a layer: what sums it up, then its heads. */
export function matricesOf(plan: Plan, stack: Stack, layer: LayerChoice): readonly MatrixChoice[] {
  const summaries: readonly HeadChoice[] = ['mean', 'max'];
  // Head 3 of one layer has nothing to do with head 3 of another.
  const heads = layer === 'mean' ? [] : Array.from({ length: headCount(plan, stack) }, (_, i) => i);
  return [...summaries, ...heads].map((head) => ({ stack, layer, head }));
}

/** What stands at the top: stacks, or by a measure the heads themselves. */
export function rootsOf(list: HeadList): readonly HeadNode[] {
  const { plan, order } = list;
  if (order.by === 'layer')
    return stacksOf(plan.model.architecture).map((stack) => ({
      kind: 'stack',
      id: stack,
      parent: null,
      stack,
    }));
  return ranking(list, order.by);
}

export function childrenOf(node: HeadNode, list: HeadList): readonly HeadNode[] {
  const { plan } = list;
  switch (node.kind) {
    case 'stack': {
      const { stack } = node;
      const layers = [...Array.from({ length: layerCount(plan, stack) }).keys(), 'mean' as const];
      return layers.map((layer) => layerNode(stack, layer));
    }
    case 'layer':
      return matricesOf(plan, node.stack, node.layer).map((matrix) =>
        matrixNode(matrix, node, list),
      );
    default:
      return [];
  }
}

/** The node of a matrix wherever the list has it; null if it has not. */
export function nodeOf(matrix: MatrixChoice, list: HeadList): HeadNode | null {
  const { stack, layer } = matrix;
  if (list.order.by !== 'layer') return rootsOf(list).find(({ id }) => id === idOf(matrix)) ?? null;
  return matrixNode(matrix, layerNode(stack, layer), list);
}

const layerNode = (stack: Stack, layer: LayerChoice): LayerNode => ({
  kind: 'layer',
  id: `${stack}/${layer}`,
  parent: { kind: 'stack', id: stack, parent: null, stack },
  stack,
  layer,
});

function matrixNode(matrix: MatrixChoice, parent: HeadNode, { profiles }: HeadList): MatrixNode {
  const profile = profiles.find((one) => isSameMatrix(one, matrix)) ?? null;
  const strength = profile && (strongestShare(profile)?.value ?? null);
  return { kind: 'matrix', id: idOf(matrix), parent, matrix, profile, strength };
}

/** What a list by a measure has only because the reader stands there: a mean, a head without measure. */
export function addedTo({ profiles, order, chosen }: HeadList): MatrixChoice | null {
  if (order.by === 'layer' || profiles.length === 0) return null;
  const profile = profiles.find((one) => isSameMatrix(one, chosen));
  return profile === undefined || profile[order.by] === null ? choiceOf(chosen) : null;
}

const choiceOf = ({ stack, layer, head }: MatrixChoice): MatrixChoice => ({ stack, layer, head });

function ranking(list: HeadList, measure: HeadMeasure): HeadNode[] {
  const { profiles, order, colourScale } = list;
  const measured = sortHeads(profiles, measure, order);
  const largest = Math.max(0, ...measured.map(({ value }) => value));
  const nodes: HeadNode[] = measured.map(({ profile, value }) => {
    const strength = strengthOf(measure, value, largest, colourScale);
    const matrix = choiceOf(profile);
    return { kind: 'matrix', id: idOf(matrix), parent: null, matrix, profile, strength };
  });
  const added = addedTo(list);
  if (added !== null) {
    const profile = profiles.find((one) => isSameMatrix(one, added)) ?? null;
    const [matrix, strength] = [added, null];
    nodes.unshift({ kind: 'matrix', id: idOf(added), parent: null, matrix, profile, strength });
  }
  const count = profiles.length - measured.length;
  if (count > 0) nodes.push({ kind: 'unmeasured', id: 'unmeasured', parent: null, count });
  return nodes;
}
