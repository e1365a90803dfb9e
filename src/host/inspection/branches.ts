import type { Branch } from '../../protocol/branch';
import { DisposableStore, type Disposable } from '../disposables';
import {
  branchOf,
  parentFor,
  sharedWithParent,
  withDescendants,
  type KeptBranch,
} from './branchTree';
import { BranchTrees, knownIn, type Tree } from './branchTrees';
import { isGone, type Inspection } from './inspection';
import type { Inspections } from './inspections';

/** A trace that writes, or wrote, a branch. */
interface Writer {
  readonly trace: string;
  readonly tree: Tree;
  readonly branch: number;
  /** The branch that a new one was asked for at; null: where it grew from is settled. */
  readonly origin: number | null;
}

const none: Branch[] = [];

/**
 * What models wrote from the texts of this window. Outputs of one text, by one model, in one
 * language make a tree. They are learnt from the runs as they go on and outlive their traces: to
 * show one again its tokens suffice.
 */
export class Branches implements Disposable {
  private readonly store = new DisposableStore();
  private readonly trees = new BranchTrees();
  /** By inspection. */
  private readonly writers = new Map<number, Writer>();
  private told: { readonly by: readonly unknown[]; readonly list: Branch[] } | null = null;

  constructor(
    private readonly inspections: Pick<
      Inspections,
      'current' | 'get' | 'events' | 'shown' | 'dropped'
    >,
    private readonly pinned: () => number | null,
  ) {
    this.store.add(inspections.shown.on((inspection) => this.show(inspection)));
    this.store.add(inspections.dropped.on(({ key }) => this.part(key)));
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (event.type === 'planned') this.begin(inspection);
        else if (event.type === 'token') this.grow(inspection);
        else if (event.type === 'finished' || event.type === 'evicted') this.end(inspection);
      }),
    );
  }

  /** Of the current inspection's text; the same list as long as nothing of it is different. */
  get list(): Branch[] {
    const tree = this.tree;
    if (tree === null) return none;
    const shown = this.shown;
    const pinned = this.of(this.pinned());
    const by = [tree.branches, shown, pinned];
    if (this.told === null || by.some((one, i) => one !== this.told?.by[i]))
      this.told = {
        by,
        list: tree.branches.map((branch) => ({
          ...branch,
          shared: sharedWithParent(tree.branches, branch),
          shown: branch.id === shown,
          pinned: branch.id === pinned,
        })),
      };
    return this.told.list;
  }

  /** The branch on screen; null while none is written yet. */
  get shown(): number | null {
    return this.of(this.inspections.current?.key ?? null);
  }

  /** One of the current text. */
  get(id: number): KeptBranch | null {
    return branchOf(this.tree?.branches ?? [], id);
  }

  /** The branch that an inspection's trace writes, or wrote; null: none, or none that is kept. */
  of(key: number | null): number | null {
    const writer = key === null ? undefined : this.writers.get(key);
    if (key === null || writer === undefined) return null;
    const { trace, tree, branch } = writer;
    if (trace !== this.inspections.get(key)?.snapshot.trace || !this.trees.has(tree)) return null;
    return branchOf(tree.branches, branch)?.id ?? null;
  }

  /** Keys of inspections that a branch can be seen in without writing it again. */
  keysOf(id: number): readonly number[] {
    return [...this.writers.keys()].filter((key) => this.of(key) === id);
  }

  /** Ids of a branch and of what grew from it. */
  family(id: number): ReadonlySet<number> {
    return withDescendants(this.tree?.branches ?? [], id);
  }

  /** Lets go of some branches of the current text. Whatever grew from them must go as well. */
  drop(ids: ReadonlySet<number>): void {
    const { tree } = this;
    if (tree === null) return;
    tree.branches = tree.branches.filter(({ id }) => !ids.has(id));
    if (tree.shown !== null && ids.has(tree.shown)) tree.shown = null;
  }

  dispose(): void {
    this.store.dispose();
  }

  private get tree(): Tree | null {
    const { current } = this.inspections;
    return current === null ? null : this.trees.get(current.subject);
  }

  /** An inspection comes to the screen: a new run, or one from before. */
  private show(inspection: Inspection): void {
    const { key, subject, snapshot } = inspection;
    const writer = this.writers.get(key);
    if (writer !== undefined && writer.trace !== snapshot.trace) this.part(key);
    const tree = this.trees.get(subject);
    const known = tree && subject.writing && knownIn(tree, subject.writing);
    if (this.of(key) !== null) this.look(key);
    else if (snapshot.plan !== null) this.begin(inspection);
    // A branch that is written again is on screen at once.
    else if (tree && known) this.write(inspection, tree, known.id, null);
  }

  /** It is known how a run writes, if it does. */
  private begin(inspection: Inspection): void {
    const { subject, snapshot } = inspection;
    const writing = snapshot.plan?.writing ?? null;
    if (writing === null) {
      this.writers.delete(inspection.key);
      return;
    }
    const held = [this.inspections.current?.key, this.pinned()].flatMap((key) =>
      typeof key === 'number' ? (this.writers.get(key) ?? []) : [],
    );
    const tree = this.trees.use(subject, new Set(held.map((one) => one.tree)));
    const known = knownIn(tree, writing);
    if (known !== null) this.write(inspection, tree, known.id, null);
    else {
      const origin = tree.shown;
      const id = this.trees.begin(tree, writing, new Set([this.of(this.pinned())]));
      this.write(inspection, tree, id, origin);
    }
    // Of an inspection that comes back all is there already.
    if (snapshot.written.length > 0) this.grow(inspection);
    if (snapshot.outcome !== null) this.end(inspection);
  }

  private write(
    { key, snapshot: { trace } }: Inspection,
    tree: Tree,
    branch: number,
    origin: number | null,
  ): void {
    this.writers.set(key, { trace, tree, branch, origin });
    this.look(key);
  }

  /** What is written next grows from the branch that is on screen. */
  private look(key: number): void {
    const writer = this.writers.get(key);
    if (writer !== undefined && this.inspections.current?.key === key)
      writer.tree.shown = writer.branch;
  }

  private grow(inspection: Inspection): void {
    const { written, plan, output } = inspection.snapshot;
    this.change(inspection, (branch, { tree, origin }) => {
      // Written once more, as far as it is known already; or read back, which adds nothing.
      if (written.length <= branch.tokens.length) return branch;
      const tokens = written.map(({ token: { id, label } }) => ({ id, label }));
      const begun = plan?.writing?.begin.ids ?? [];
      const ids = tokens.length < begun.length ? begun : tokens.map(({ id }) => id);
      const logProbability = written.reduce((sum, one) => sum + logOf(one.probability), 0);
      const parent = origin === null ? branch.parent : parentFor(tree.branches, origin, ids);
      return { ...branch, parent, tokens, output, logProbability, outcome: 'running' };
    });
  }

  private end(inspection: Inspection): void {
    const { snapshot } = inspection;
    const { outcome, output, written, plan } = snapshot;
    this.change(inspection, (branch) => {
      const asked = JSON.stringify(plan?.writing) === JSON.stringify(branch.writing);
      if (outcome === null || !asked || written.length < branch.tokens.length) return branch;
      if (isGone(inspection))
        return branch.outcome === 'running' ? { ...branch, outcome: 'cancelled' } : branch;
      return { ...branch, outcome, output };
    });
  }

  /** No more will come from the trace of an inspection. */
  private part(key: number): void {
    const writer = this.writers.get(key);
    if (writer === undefined) return;
    this.writers.delete(key);
    const { tree } = writer;
    const branch = branchOf(tree.branches, writer.branch);
    if (branch?.outcome === 'running') put(tree, { ...branch, outcome: 'cancelled' });
  }

  private change(
    { key, snapshot: { trace } }: Inspection,
    change: (branch: KeptBranch, writer: Writer) => KeptBranch,
  ): void {
    const writer = this.writers.get(key);
    if (writer?.trace !== trace) return;
    const before = branchOf(writer.tree.branches, writer.branch);
    if (before === null) return;
    const after = change(before, writer);
    if (after !== before) put(writer.tree, after);
  }
}

function put(tree: Tree, branch: KeptBranch): void {
  tree.branches = tree.branches.map((one) => (one.id === branch.id ? branch : one));
}

/** Of what is too unlikely for a number still a number: the page is sent no infinities. */
const logOf = (probability: number): number => Math.log(Math.max(probability, Number.MIN_VALUE));
