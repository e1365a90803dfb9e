/** A named list to choose from, inside a sentence of settings. */
import { element, show } from '../parts/element';

export interface Option<T> {
  readonly value: T;
  readonly words: string;
}

export class Dropdown<T> {
  readonly root: HTMLLabelElement;
  private readonly list: HTMLSelectElement;
  private options: readonly Option<T>[] = [];
  private listed = '';

  constructor(name: string, chosen: (value: T) => void) {
    this.list = element('select', {
      on: {
        change: () => {
          const option = this.options[this.list.selectedIndex];
          if (option !== undefined) chosen(option.value);
        },
      },
    });
    this.root = element('label', { class: 'setting' }, element('span', {}, name), this.list);
  }

  /** Shows these options; nothing where there is no choice. Values are the same if they say the same. */
  update(options: readonly Option<T>[], value: T): void {
    show(this.root, options.length > 1);
    this.options = options;
    const values = options.map((option) => JSON.stringify(option.value));
    // An open list stays open while its options stay.
    const listed = JSON.stringify(options);
    if (listed !== this.listed) {
      this.listed = listed;
      this.list.replaceChildren(
        ...options.map(({ words }, i) =>
          element('option', { attributes: { value: values[i] ?? '' } }, words),
        ),
      );
    }
    const wanted = JSON.stringify(value);
    if (this.list.value !== wanted) this.list.value = wanted;
  }

  hide(): void {
    show(this.root, false);
  }
}
