/** The outputs of one text as a tree, listed from the top: each stands below what it was forked from. Pure. */
import type { Branch } from '../../../src/protocol/branch';

export interface BranchRow {
  readonly branch: Branch;
  readonly parent: Branch | null;
  /** 0 for those that began by themselves. */
  readonly depth: number;
  /** Its number among the branches of its parent, from 1, and how many these are. */
  readonly number: number;
  readonly of: number;
}

/** A branch whose parent is not there counts as one that began by itself. */
export function branchRows(branches: readonly Branch[]): readonly BranchRow[] {
  const byId = new Map(branches.map((branch) => [branch.id, branch]));
  const children = new Map<Branch | null, Branch[]>();
  for (const branch of branches) {
    const parent = parentOf(branch, byId);
    children.set(parent, [...(children.get(parent) ?? []), branch]);
  }
  const rows: BranchRow[] = [];
  const list = (parent: Branch | null, depth: number): void => {
    const own = children.get(parent) ?? [];
    for (const [i, branch] of own.entries()) {
      rows.push({ branch, parent, depth, number: i + 1, of: own.length });
      list(branch, depth + 1);
    }
  };
  list(null, 0);
  return rows;
}

/** Branches are numbered as they begin, so a parent has the lower number: no circle is possible. */
function parentOf({ id, parent }: Branch, byId: ReadonlyMap<Branch['id'], Branch>): Branch | null {
  const found = parent === null || parent >= id ? undefined : byId.get(parent);
  return found ?? null;
}

/** Where a key leads in the tree; null: it means nothing here. */
export function rowAfterKey(key: string, rows: readonly BranchRow[], at: number): number | null {
  const row = rows[at];
  if (row === undefined) return null;
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft': {
      const parent = rows.findIndex(({ branch }) => branch === row.parent);
      return parent < 0 ? at : parent;
    }
    case 'ArrowRight':
      return rows[at + 1]?.parent === row.branch ? at + 1 : at;
    default:
      return null;
  }
}
