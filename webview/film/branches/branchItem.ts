/** One output in the tree: its place, its text, its numbers, and what can be done with it. */
import type { Translate } from '../../../src/language/translate';
import { visibleText } from '../../../src/navigation/labels';
import type { FromPanel } from '../../../src/protocol/panelMessages';
import { element, setAttribute, setText, show } from '../../parts/element';
import { writingWords } from '../search/writingWords';
import { branchText } from './branchText';
import type { BranchRow } from './branchTree';
import { branchFacts, forkWords } from './branchWords';

export type BranchAction = Extract<FromPanel, { type: 'branch' }>['what'];

/** Deeper branches stand no further in: a narrow panel has no room for that. */
const MOST_INDENT = 6;

export class BranchItem {
  readonly root: HTMLElement;
  private readonly fork = element('span', { class: 'branch-fork', attributes: { dir: 'auto' } });
  private readonly shown: HTMLElement;
  private readonly pinned: HTMLElement;
  private readonly shared = element('span', { class: 'branch-shared' });
  private readonly own = element('span', { class: 'branch-own' });
  private readonly facts = element('span', { class: 'branch-facts' });
  private readonly buttons: Readonly<Record<BranchAction, HTMLButtonElement>>;

  constructor(
    private readonly t: Translate,
    act: (what: BranchAction) => void,
  ) {
    const button = (what: BranchAction, words: string, title: string): HTMLButtonElement =>
      element(
        'button',
        {
          class: 'small',
          attributes: { type: 'button', title },
          on: {
            click: (event) => {
              event.stopPropagation();
              act(what);
            },
          },
        },
        words,
      );
    this.buttons = {
      show: button('show', t('Show'), t('Puts this output on screen')),
      compare: button(
        'compare',
        t('Compare'),
        t(
          'Pins what is on screen and shows this one: Compare then has the difference of their attentions',
        ),
      ),
      prune: button('prune', t('Prune'), t('Takes this output away, and all that grew from it')),
    };
    this.shown = element('span', { class: 'badge' }, t('on screen'));
    this.pinned = element('span', { class: 'badge' }, t('pinned'));
    this.root = element(
      'div',
      {
        class: 'branch',
        attributes: { role: 'treeitem', tabindex: -1 },
        on: {
          dblclick: ({ target }) => {
            const onButton = target instanceof Element && target.closest('button') !== null;
            if (!onButton && !this.buttons.show.hidden) act('show');
          },
        },
      },
      element('div', { class: 'branch-head' }, this.fork, this.shown, this.pinned),
      element('div', { class: 'branch-text', attributes: { dir: 'auto' } }, this.shared, this.own),
      element(
        'div',
        { class: 'branch-foot' },
        this.facts,
        element(
          'span',
          { class: 'branch-actions' },
          this.buttons.show,
          this.buttons.compare,
          this.buttons.prune,
        ),
      ),
    );
  }

  /** @param active the one of the tree that the Tab key comes to */
  update(row: BranchRow, active: boolean): void {
    const { t } = this;
    const { branch, parent, depth, number, of } = row;
    const { shared, own } = branchText(branch);
    this.root.style.setProperty('--depth', String(Math.min(depth, MOST_INDENT)));
    this.root.classList.toggle('forked', depth > 0);
    this.root.classList.toggle('shown', branch.shown);
    setAttribute(this.root, 'aria-level', depth + 1);
    setAttribute(this.root, 'aria-posinset', number);
    setAttribute(this.root, 'aria-setsize', of);
    setAttribute(this.root, 'aria-selected', String(branch.shown));
    setAttribute(this.root, 'tabindex', active ? 0 : -1);
    setText(this.fork, forkWords(t, row));
    setText(this.shared, visibleText(shared));
    setText(this.own, visibleText(own));
    setText(this.facts, branchFacts(t, branch));
    setAttribute(this.facts, 'title', writingWords(t, branch.writing));
    show(this.shown, branch.shown);
    show(this.pinned, branch.pinned);
    show(this.buttons.show, !branch.shown);
    show(this.buttons.compare, !branch.shown);
    // The host keeps it: there would be nothing to look at.
    show(this.buttons.prune, parent !== null);
    for (const button of Object.values(this.buttons))
      setAttribute(button, 'tabindex', active ? 0 : -1);
  }
}
