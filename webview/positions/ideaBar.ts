/** What there is to find further down: a button an idea, which leads to its heading. */
import type { Translate } from '../../src/language/translate';
import { element, setAttribute } from '../parts/element';

export interface Idea {
  /** Short enough for a row of many. */
  readonly name: string;
  /** A card, whose first heading names it. */
  readonly root: HTMLElement;
}

export class IdeaBar {
  readonly root: HTMLElement;
  private readonly buttons: readonly { readonly idea: Idea; readonly button: HTMLElement }[];

  constructor(t: Translate, ideas: readonly Idea[]) {
    this.buttons = ideas.map((idea) => ({
      idea,
      button: element(
        'button',
        { class: 'link', attributes: { type: 'button' }, on: { click: () => lead(idea) } },
        idea.name,
      ),
    }));
    this.root = element(
      'nav',
      { class: 'ideas', attributes: { 'aria-label': t('Ideas about positions') } },
      ...this.buttons.map(({ button }) => button),
    );
  }

  /** Cards that are hidden for this model cannot be led to. */
  update(): void {
    for (const { idea, button } of this.buttons)
      setAttribute(button, 'hidden', idea.root.hidden || null);
  }
}

function lead({ root }: Idea): void {
  const heading = root.querySelector<HTMLElement>('.small-title');
  if (heading === null) return;
  setAttribute(heading, 'tabindex', -1);
  heading.focus({ preventScroll: true });
  root.scrollIntoView({ block: 'start' });
}
