/** Where a key leads from a beam: to what it grew from, to its best child, to its neighbours. Pure. */
import type { Lattice, LatticeNode } from './beamLattice';

/** Steps that a page key goes. */
const PAGE = 10;

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** @returns null: the key means nothing here */
export function beamAfterKey(
  key: string,
  { columns }: Lattice,
  at: LatticeNode,
): LatticeNode | null {
  const column = columns[at.step] ?? [];
  const row = column.indexOf(at);
  const inColumn = (step: number): LatticeNode | null => {
    const other = columns[clamp(step, columns.length)] ?? [];
    return other[clamp(row, other.length)] ?? null;
  };
  switch (key) {
    case 'ArrowLeft':
      return at.parent ?? at;
    case 'ArrowRight':
      return at.children.toSorted((a, b) => b.beam.score - a.beam.score)[0] ?? at;
    case 'ArrowUp':
      return column[row - 1] ?? at;
    case 'ArrowDown':
      return column[row + 1] ?? at;
    case 'Home':
      return inColumn(0);
    case 'End':
      return inColumn(columns.length - 1);
    case 'PageUp':
      return inColumn(at.step - PAGE);
    case 'PageDown':
      return inColumn(at.step + PAGE);
    default:
      return null;
  }
}
