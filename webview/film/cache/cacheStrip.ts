/** Positions by layers of kept keys and values: reused, computed now, not there yet. */
import { element, setAttribute, show } from '../../parts/element';

/** More lines than this between positions are nothing but a grey. */
const MOST_LINES = 100;

const part = (kind: string): HTMLElement => element('span', { class: `kept-part ${kind}` });

export class CacheStrip {
  readonly root: HTMLElement;
  private readonly reused = part('reused');
  private readonly computed = part('computed');
  private readonly later = part('later');
  private count = 1;

  /** @param pick told the position that is clicked; null: there is nowhere to go */
  constructor(pick: ((position: number) => void) | null) {
    this.root = element(
      'div',
      {
        class: pick === null ? 'kept' : 'kept goes',
        attributes: { role: 'img' },
        on:
          pick === null
            ? {}
            : {
                click: (event) => {
                  const { left, width } = this.root.getBoundingClientRect();
                  const at = Math.floor((this.count * (event.clientX - left)) / width);
                  pick(Math.min(this.count - 1, Math.max(0, at)));
                },
              },
      },
      this.reused,
      this.computed,
      this.later,
    );
  }

  update(
    counts: {
      readonly reused: number;
      readonly computed: number;
      readonly later: number;
      readonly layers: number;
    },
    name: string,
  ): void {
    const { reused, computed, later, layers } = counts;
    this.count = reused + computed + later;
    setAttribute(this.root, 'aria-label', name);
    this.root.style.setProperty('--layers', String(layers));
    this.root.classList.toggle('dense', this.count > MOST_LINES);
    for (const [shown, positions] of [
      [this.reused, reused],
      [this.computed, computed],
      [this.later, later],
    ] as const) {
      show(shown, positions > 0);
      shown.style.setProperty('--positions', String(Math.max(1, positions)));
    }
  }
}
