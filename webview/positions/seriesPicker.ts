/** Which curves a chart shows: added by number, taken away by a click; also the chart's legend. */
import { swatchOf } from '../parts/dataTable';
import { element, setAttribute } from '../parts/element';
import type { Theme } from '../parts/theme';

/** As many as there are colours to tell them apart. */
export const MOST_SERIES = 6;

/** What there is to choose from: dimensions, or pairs of them. */
export interface Choice {
  readonly count: number;
  /** What is chosen before the reader has chosen. */
  readonly first: readonly number[];
  readonly name: (item: number) => string;
  /** More about it, and what a click does. */
  readonly title: (item: number) => string;
  /** Changes whenever any of these does. */
  readonly key: string;
}

export interface PickerWords {
  readonly input: string;
  readonly add: string;
}

export class SeriesPicker {
  readonly root: HTMLElement;
  private readonly chips = element('span', { class: 'dimension-chips' });
  private readonly input: HTMLInputElement;
  private picked: readonly number[] = [];
  private choice: Choice | null = null;
  private drawn = '';

  constructor(
    words: PickerWords,
    private readonly changed: () => void,
  ) {
    this.input = element('input', {
      attributes: { type: 'number', min: 0, step: 1, 'aria-label': words.input },
    });
    const form = element(
      'form',
      {
        class: 'dimension-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.add(this.input.valueAsNumber);
          },
        },
      },
      this.input,
      element('button', { class: 'small', attributes: { type: 'submit' } }, words.add),
    );
    this.root = element('div', { class: 'dimensions' }, this.chips, form);
  }

  /** What is chosen, in the order of the theme's line colours. */
  get chosen(): readonly number[] {
    return this.picked;
  }

  update(choice: Choice, theme: Theme): void {
    if (choice.key !== this.choice?.key) {
      this.picked = choice.first;
      setAttribute(this.input, 'max', choice.count - 1);
      setAttribute(this.input, 'placeholder', `0–${choice.count - 1}`);
    }
    this.choice = choice;
    const key = `${choice.key}/${this.picked.join()}/${theme.lines.join()}`;
    if (key === this.drawn) return;
    this.drawn = key;
    this.chips.replaceChildren(
      ...this.picked.map((item, i) =>
        element(
          'button',
          {
            class: 'dimension',
            attributes: { type: 'button', title: choice.title(item) },
            on: { click: () => this.remove(item) },
          },
          swatchOf(theme.lines[i] ?? theme.foreground),
          choice.name(item),
          element('span', { class: 'remove', attributes: { 'aria-hidden': 'true' } }, '×'),
        ),
      ),
    );
  }

  private add(item: number): void {
    const fits = Number.isInteger(item) && item >= 0 && item < (this.choice?.count ?? 0);
    if (!fits || this.picked.includes(item)) return;
    // The oldest makes room: the newest is what the reader wants to see.
    this.picked = [...this.picked, item].slice(-MOST_SERIES);
    this.input.value = '';
    this.changed();
  }

  private remove(item: number): void {
    this.picked = this.picked.filter((other) => other !== item);
    this.changed();
  }
}
