/** The masks of a text, each with its candidates. */
import type { Translate } from '../../src/language/translate';
import { element, setAttribute, setText, show } from '../parts/element';
import type { AskedCandidates } from './askedCandidates';
import { CandidateList } from './candidateList';

/** Each is a question of its own: more than these are asked about when they are chosen. */
const MOST_MASKS = 8;

class MaskCard {
  readonly root: HTMLElement;
  private readonly name: HTMLButtonElement;
  private readonly list: CandidateList;
  private index = 0;

  constructor(t: Translate, go: (index: number) => void) {
    this.name = element('button', {
      class: 'go',
      attributes: { type: 'button', title: t('Choose this token') },
      on: { click: () => go(this.index) },
    });
    this.list = new CandidateList(t);
    this.root = element(
      'section',
      { class: 'card mask-card' },
      element('h3', { class: 'small-title' }, this.name),
      this.list.root,
    );
  }

  update(index: number, name: string, chosen: boolean, asked: AskedCandidates): void {
    this.index = index;
    setText(this.name, name);
    setAttribute(this.name, 'aria-current', chosen ? 'true' : null);
    this.root.classList.toggle('current', chosen);
    this.list.update(asked.at(index), false);
  }
}

export class MaskCards {
  readonly root = element('div', { class: 'mask-cards' });
  private readonly cards: MaskCard[] = [];

  constructor(
    private readonly t: Translate,
    private readonly asked: AskedCandidates,
    private readonly go: (index: number) => void,
  ) {}

  /** Shows the first masks; returns which. */
  update(
    masks: readonly number[],
    labels: readonly string[],
    chosen: number | null,
  ): readonly number[] {
    const shown = masks.slice(0, MOST_MASKS);
    while (this.cards.length < shown.length) {
      const card = new MaskCard(this.t, this.go);
      this.cards.push(card);
      this.root.append(card.root);
    }
    this.cards.forEach((card, i) => {
      const index = shown[i];
      show(card.root, index !== undefined);
      if (index === undefined) return;
      const name = this.t('“{token}” at position {position}', {
        token: labels[index] ?? '',
        position: index,
      });
      card.update(index, name, index === chosen, this.asked);
    });
    show(this.root, shown.length > 0);
    return shown;
  }
}
