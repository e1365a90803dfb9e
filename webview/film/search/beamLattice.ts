/**
 * The beams of a search as a drawing has them: a column a step, each beam in a lane, grown from one
 * of the column before. Lines between columns never cross: children stand in the order of their
 * parents. Pure.
 */
import type { Beam, BeamStep } from '../../../src/protocol/writing';

/**
 * What became of a beam. `grew`: the next step has continuations of it. `died`: it has none.
 * `ended`: it is finished. `running`: nobody knows yet. `left`: the search stopped with it under way.
 */
export type Fate = 'grew' | 'died' | 'ended' | 'running' | 'left';

export interface LatticeNode {
  readonly step: number;
  /** Counted from the top. */
  readonly lane: number;
  readonly beam: Beam;
  /** Its place among the running ones or the finished ones of its step, best first. */
  readonly place: number;
  readonly parent: LatticeNode | null;
  readonly children: readonly LatticeNode[];
  readonly fate: Fate;
  /** Steps until the last of what grew from it died; null: something of it ended, or is under way. */
  readonly life: number | null;
}

export interface Lattice {
  /** By step; in a column from top to bottom. */
  readonly columns: readonly (readonly LatticeNode[])[];
  readonly lanes: number;
}

interface Growing extends LatticeNode {
  lane: number;
  children: Growing[];
  fate: Fate;
  life: number | null;
}

/** @param over the search is over: what still ran was left behind */
export function latticeOf(steps: readonly BeamStep[], over: boolean): Lattice {
  const columns: Growing[][] = [];
  let before: readonly Growing[] = [];
  for (const [step, { running, finished }] of steps.entries()) {
    const grown = running.map((beam, place) => grow(beam, place, step, before, 'running'));
    const ended = finished.map((beam, place) => grow(beam, place, step, before, 'ended'));
    // In the order of their parents; of one parent the likeliest on top, whether it ended or not.
    const above = columns.at(-1) ?? [];
    const first = [...grown, ...ended].filter(({ parent }) => parent === null);
    columns.push([...above.flatMap(({ children }) => children.toSorted(likelier)), ...first]);
    before = grown;
  }
  const lanes = Math.max(0, ...columns.map(({ length }) => length));
  for (const column of columns) layOut(column, lanes);
  for (const [i, column] of columns.toReversed().entries())
    for (const node of column) settle(node, i === 0, over);
  return { columns, lanes };
}

function grow(
  beam: Beam,
  place: number,
  step: number,
  before: readonly Growing[],
  fate: Fate,
): Growing {
  const parent = before[beam.origin] ?? null;
  const node: Growing = { step, lane: 0, beam, place, parent, children: [], fate, life: null };
  parent?.children.push(node);
  return node;
}

const likelier = (a: Growing, b: Growing): number => b.beam.total - a.beam.total;

/**
 * Gives each its parent's lane as far as the order allows: straight lines are easy to follow.
 * From the top, each is pushed down no further than those below it need room.
 */
function layOut(column: readonly Growing[], lanes: number): void {
  let free = 0;
  for (const [i, node] of column.entries()) {
    const wanted = Math.max(free, node.parent?.lane ?? i);
    node.lane = Math.min(wanted, lanes - (column.length - i));
    free = node.lane + 1;
  }
}

/** Later columns are settled already. */
function settle(node: Growing, last: boolean, over: boolean): void {
  if (node.fate === 'ended') return;
  if (node.children.length > 0) {
    node.fate = 'grew';
    const lives = node.children.map(({ life }) => life);
    node.life = lives.includes(null) ? null : 1 + Math.max(...lives.map((life) => life ?? 0));
  } else if (last) node.fate = over ? 'left' : 'running';
  else {
    node.fate = 'died';
    node.life = 0;
  }
}

/** A beam and what it grew from, the newest first. */
export function pathTo(node: LatticeNode | null): readonly LatticeNode[] {
  const path: LatticeNode[] = [];
  for (let at = node; at !== null; at = at.parent) path.push(at);
  return path;
}

/**
 * The beams that an output was made of, from its last token back; empty: it is none of these.
 *
 * @param ids tokens of the output; given ones before the first step, and an end that is not
 * counted among them, do no harm
 */
export function pathOf(lattice: Lattice, ids: readonly number[]): readonly LatticeNode[] {
  const ends = lattice.columns.flat().filter(({ fate }) => fate === 'ended' || fate === 'left');
  const paths = ends
    .map((node) => ({ path: pathTo(node), ids: pathTo(node).map(({ beam }) => beam.id) }))
    .toSorted((a, b) => b.path.length - a.path.length);
  const found =
    paths.find((one) => endsWith(ids, one.ids)) ??
    paths.find((one) => one.ids.length > 1 && endsWith(ids, one.ids.slice(1)));
  return found?.path ?? [];
}

/** `reversed`: from the last to the first. */
const endsWith = (ids: readonly number[], reversed: readonly number[]): boolean =>
  reversed.length <= ids.length && reversed.every((id, i) => ids[ids.length - 1 - i] === id);
