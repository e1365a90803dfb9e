import type { Writing } from '../../protocol/writing';
import { askedFor, parentFor, readBack, spareBranch, without, type KeptBranch } from './branchTree';
import { MAX_INSPECTIONS } from './holding';
import type { Subject } from './subject';

/** Branches kept of one text: they go to the page, with all their tokens, whenever the reader moves. */
export const MAX_BRANCHES = 16;

/** Texts whose branches are kept: as many as are inspected at once. */
export const MAX_TREES = MAX_INSPECTIONS;

/** The branches of one text, by one model, in one language. */
export interface Tree {
  readonly name: string;
  /** In the order they began: a parent stands before its children. */
  branches: readonly KeptBranch[];
  /** The one on screen, or last on screen: what is written next grows from it. */
  shown: number | null;
}

/** Keeps the trees of the texts used last. Pure bookkeeping. */
export class BranchTrees {
  /** The one used longest ago first. */
  private readonly trees = new Map<string, Tree>();
  private nextId = 1;

  get(subject: Subject): Tree | null {
    return this.trees.get(nameOf(subject)) ?? null;
  }

  /** The tree of a text that is in use now; `held`: trees that stay whenever they were used. */
  use(subject: Subject, held: ReadonlySet<Tree>): Tree {
    const name = nameOf(subject);
    const tree = this.trees.get(name) ?? { name, branches: [], shown: null };
    this.trees.delete(name);
    this.trees.set(name, tree);
    for (const old of this.trees.values()) {
      if (this.trees.size <= MAX_TREES) break;
      if (old !== tree && !held.has(old)) this.trees.delete(old.name);
    }
    return tree;
  }

  /** Whether a tree is still kept. */
  has(tree: Tree): boolean {
    return this.trees.get(tree.name) === tree;
  }

  /** Begins a branch that grows from the one on screen. Its id; `held`: ids of branches that stay. */
  begin(tree: Tree, writing: Writing, held: ReadonlySet<number | null>): number {
    const id = this.nextId++;
    const parent = parentFor(tree.branches, tree.shown, writing.begin.ids);
    const nothing = { tokens: [], output: '', logProbability: 0 };
    tree.branches = [...tree.branches, { id, parent, writing, ...nothing, outcome: 'running' }];
    while (tree.branches.length > MAX_BRANCHES) {
      const spare = spareBranch(
        tree.branches,
        (one) => one === id || one === tree.shown || held.has(one),
      );
      if (spare === null) break;
      tree.branches = without(tree.branches, spare);
    }
    return id;
  }
}

const nameOf = ({ model, language, text, pair }: Subject): string =>
  JSON.stringify([model.folder, language, text, pair?.text ?? null]);

/** The branch that comes of a way of writing, if there is one already. */
export const knownIn = ({ branches }: Tree, writing: Writing): KeptBranch | null =>
  askedFor(branches, writing) ?? readBack(branches, writing);
