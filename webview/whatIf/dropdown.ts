/** A named list to choose from, inside a sentence of settings. */
import { element, show } from '../parts/element';

export interface Option {
  readonly value: string;
  readonly words: string;
}

export class Dropdown {
  readonly root: HTMLLabelElement;
  private readonly list: HTMLSelectElement;
  private key = '';

  constructor(name: string, chosen: (value: string) => void) {
    this.list = element('select', { on: { change: () => chosen(this.list.value) } });
    this.root = element('label', { class: 'setting' }, element('span', {}, name), this.list);
  }

  /** Shows these options; nothing where there is no choice. */
  update(options: readonly Option[], value: string): void {
    show(this.root, options.length > 1);
    // An open list stays open while its options stay.
    const key = JSON.stringify(options);
    if (key !== this.key) {
      this.key = key;
      this.list.replaceChildren(
        ...options.map((option) =>
          element('option', { attributes: { value: option.value } }, option.words),
        ),
      );
    }
    if (this.list.value !== value) this.list.value = value;
  }

  hide(): void {
    show(this.root, false);
  }
}
