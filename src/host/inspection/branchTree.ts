/** The outputs of one text, each grown from another. Pure. */
import type { Branch } from '../../protocol/branch';
import type { Writing } from '../../protocol/writing';
import { commonBeginning } from './commonBeginning';

/** An output as it is kept: what follows from the others, or from what is on screen, is not. */
export type KeptBranch = Omit<Branch, 'shared' | 'shown' | 'pinned'>;

export const idsOf = ({ tokens }: Pick<KeptBranch, 'tokens'>): readonly number[] =>
  tokens.map(({ id }) => id);

export const branchOf = (tree: readonly KeptBranch[], id: number | null): KeptBranch | null =>
  tree.find((branch) => branch.id === id) ?? null;

/** Tokens that a branch has in common with its parent. */
export function sharedWithParent(tree: readonly KeptBranch[], branch: KeptBranch): number {
  const parent = branchOf(tree, branch.parent);
  return parent === null ? 0 : commonBeginning(idsOf(parent), idsOf(branch));
}

/**
 * The branch that an output was forked from: the one it was asked for at, or, if it differs from that
 * one already in what this has from its own parent, the parent.
 */
export function parentFor(
  tree: readonly KeptBranch[],
  origin: number | null,
  output: readonly number[],
): number | null {
  let parent = branchOf(tree, origin);
  while (parent !== null && parent.parent !== null) {
    const shared = commonBeginning(idsOf(parent), output);
    if (shared > sharedWithParent(tree, parent)) break;
    parent = branchOf(tree, parent.parent);
  }
  return parent?.id ?? null;
}

/** Asked for by the very same words, a model writes the very same. */
export const askedFor = (tree: readonly KeptBranch[], writing: Writing): KeptBranch | null => {
  const asked = JSON.stringify(writing);
  return tree.find((branch) => JSON.stringify(branch.writing) === asked) ?? null;
};

/** The branch whose tokens are read again, all of them and no more. */
export function readBack(
  tree: readonly KeptBranch[],
  { begin, further }: Writing,
): KeptBranch | null {
  if (further || begin.text !== null) return null;
  const wanted = begin.ids.join();
  return tree.find((branch) => idsOf(branch).join() === wanted) ?? null;
}

/** How to show a branch again: by asking once more, or, if it was not written to its end, by reading what there is. */
export const writingToShow = ({ writing, tokens, outcome }: KeptBranch): Writing =>
  outcome === 'complete' || tokens.length === 0
    ? writing
    : { ...writing, begin: { ids: tokens.map(({ id }) => id), text: null }, further: false };

/** Ids of a branch and all that grew from it. */
export function withDescendants(tree: readonly KeptBranch[], id: number): ReadonlySet<number> {
  const found = new Set([id]);
  // In the order they began: none stands before its parent.
  for (const branch of tree)
    if (branch.parent !== null && found.has(branch.parent)) found.add(branch.id);
  return found;
}

/** The branch to go where there are too many: the oldest from which nothing grew, else the oldest. Null: all are held. */
export function spareBranch(
  tree: readonly KeptBranch[],
  isHeld: (id: number) => boolean,
): KeptBranch | null {
  const parents = new Set(tree.map(({ parent }) => parent));
  const spare = tree.filter(({ id }) => !isHeld(id));
  return spare.find(({ id }) => !parents.has(id)) ?? spare[0] ?? null;
}

/** A tree without one branch: what grew from it grew from its parent then. */
export const without = (
  tree: readonly KeptBranch[],
  { id, parent }: KeptBranch,
): readonly KeptBranch[] =>
  tree.flatMap((one) => (one.id === id ? [] : [one.parent === id ? { ...one, parent } : one]));
