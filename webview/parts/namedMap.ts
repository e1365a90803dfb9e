/** A map of signed numbers whose rows bear their names at the left. */
import { element } from './element';
import type { Theme } from './theme';
import { HeatMap, type HeatMapContent } from './heatMap';

/** As `.row-names li` has it: CSS pixels, room for a name. */
const ROW_HEIGHT = 16;

export class NamedMap {
  readonly root: HTMLElement;
  private readonly map: HeatMap;
  /** Screen readers hear a row's name with its cell. */
  private readonly names = element('ol', {
    class: 'row-names',
    attributes: { 'aria-hidden': 'true' },
  });
  private named = '';

  /** `id` names the readout. */
  constructor(id: string) {
    this.map = new HeatMap(id);
    this.root = element('div', { class: 'named-map' }, this.names, this.map.root);
  }

  update(
    names: readonly string[],
    content: Omit<HeatMapContent, 'rows' | 'rowHeight'>,
    theme: Theme,
  ): void {
    const key = JSON.stringify(names);
    if (key !== this.named)
      this.names.replaceChildren(...names.map((name) => element('li', {}, name)));
    this.named = key;
    this.map.update({ ...content, rows: names.length, rowHeight: ROW_HEIGHT }, theme);
  }
}
