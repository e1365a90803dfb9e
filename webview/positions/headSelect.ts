/** Which head of the first layer is looked at. */
import { element } from '../parts/element';

export class HeadSelect {
  readonly root: HTMLElement;
  private readonly select: HTMLSelectElement;
  private count = 0;

  constructor(id: string, label: string, chosen: (head: number) => void) {
    this.select = element('select', {
      attributes: { id },
      on: { change: () => chosen(Number(this.select.value)) },
    });
    this.root = element(
      'span',
      { class: 'head-select' },
      element('label', { attributes: { for: id } }, label),
      this.select,
    );
  }

  update(head: number, count: number): void {
    if (this.count !== count) {
      this.count = count;
      const names = Array.from({ length: count }, (_, i) =>
        element('option', { attributes: { value: i } }, `H${i}`),
      );
      this.select.replaceChildren(...names);
    }
    this.select.value = String(head);
  }
}
