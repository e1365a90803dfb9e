/** What a line of a chart is: its colour and dashes, and its name. */
import { element } from '../parts/element';

export function legendEntry(name: string, colour: string, dash: readonly number[]): HTMLElement {
  const swatch = element('span', {
    class: dash.length > 0 ? 'swatch dashed' : 'swatch',
    attributes: { 'aria-hidden': 'true' },
  });
  swatch.style.setProperty('--line-colour', colour);
  return element('span', { class: 'map-legend-entry' }, swatch, name);
}
