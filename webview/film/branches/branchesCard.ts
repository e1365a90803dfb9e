/** All outputs of the text so far, as a tree to walk, compare and prune. */
import type { Translate } from '../../../src/language/translate';
import type { Branch } from '../../../src/protocol/branch';
import type { Commands, Part, View } from '../../inspector/view';
import { card } from '../../parts/card';
import { element, setText, show } from '../../parts/element';
import { hasFocusWithin } from '../../parts/focusWithin';
import { BranchItem, type BranchAction } from './branchItem';
import { branchRows, rowAfterKey, type BranchRow } from './branchTree';

export class BranchesCard implements Part {
  readonly root: HTMLElement;
  private readonly hint = element('p', { class: 'hint' });
  private readonly tree: HTMLElement;
  private readonly items = new Map<Branch['id'], BranchItem>();
  private rows: readonly BranchRow[] = [];
  /** The one that the Tab key comes to; null: the one on screen. */
  private active: Branch['id'] | null = null;
  private branches: readonly Branch[] | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.tree = element('div', {
      class: 'branch-tree',
      attributes: { role: 'tree', 'aria-label': t('Outputs of this text') },
      on: {
        keydown: (event) => this.keydown(event),
        focusin: (event) => this.entered(event),
      },
    });
    this.root = card(t('Branches'), '', this.hint, this.tree);
    this.root.classList.add('branches-card');
  }

  update({ reader: { branches } }: View): void {
    show(this.root, branches.length > 0);
    // The page is drawn anew with every move of the pointer; the branches seldom change.
    if (branches === this.branches) return;
    this.branches = branches;
    this.list(branches);
    setText(
      this.hint,
      branches.length === 1
        ? this.t(
            'One output so far. Choose another candidate at a step, write with other settings, or give an output of your own: each becomes a branch here.',
          )
        : this.t(
            'Compare pins what is on screen and shows the other branch; the Compare view then has the difference of their attentions.',
          ),
    );
    this.draw();
  }

  /** Elements of branches that stay are kept: with them the keyboard stays. */
  private list(branches: readonly Branch[]): void {
    const before = this.rows;
    const focused = hasFocusWithin(this.tree);
    this.rows = branchRows(branches);
    const there = new Set(branches.map(({ id }) => id));
    for (const id of this.items.keys()) if (!there.has(id)) this.items.delete(id);
    const roots = this.rows.map(({ branch: { id } }) => this.itemOf(id).root);
    const listed = [...this.tree.children];
    if (roots.length !== listed.length || roots.some((root, i) => root !== listed[i]))
      this.tree.replaceChildren(...roots);
    const shown = this.rows.find(({ branch }) => branch.shown) ?? this.rows[0];
    if (!focused) this.active = shown?.branch.id ?? null;
    else if (this.active !== null && !there.has(this.active)) {
      // It was taken away: on to what it grew from.
      const gone = before.find(({ branch }) => branch.id === this.active);
      this.active = (gone?.parent ?? shown?.branch)?.id ?? null;
    }
    if (focused && !hasFocusWithin(this.tree)) this.focus();
  }

  private itemOf(id: Branch['id']): BranchItem {
    const known = this.items.get(id) ?? new BranchItem(this.t, (what) => this.act(what, id));
    this.items.set(id, known);
    return known;
  }

  private draw(): void {
    for (const row of this.rows) {
      const { id } = row.branch;
      this.itemOf(id).update(row, id === this.active);
    }
  }

  private act(what: BranchAction, id: Branch['id']): void {
    this.active = id;
    this.commands.branch(what, id);
  }

  /** Of the item that has the keyboard, its buttons can be reached, too. */
  private entered({ target }: FocusEvent): void {
    const row = this.rows.find(
      ({ branch }) => target instanceof Node && this.itemOf(branch.id).root.contains(target),
    );
    if (row === undefined || row.branch.id === this.active) return;
    this.active = row.branch.id;
    this.draw();
  }

  private focus(): void {
    if (this.active !== null) this.itemOf(this.active).root.focus();
  }

  private keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = this.rows.findIndex(({ branch }) => branch.id === this.active);
    const row = this.rows[at];
    if (row === undefined) return;
    const onItem = event.target === this.itemOf(row.branch.id).root;
    const next = rowAfterKey(event.key, this.rows, at);
    if (next !== null) {
      this.active = this.rows[next]?.branch.id ?? this.active;
      this.draw();
      this.focus();
    } else if (onItem && (event.key === 'Enter' || event.key === ' ')) {
      if (!row.branch.shown) this.commands.branch('show', row.branch.id);
    } else if (onItem && event.key === 'Delete') {
      if (row.parent !== null) this.commands.branch('prune', row.branch.id);
    } else return;
    event.preventDefault();
  }
}
