/** The blocks of a stack beside the one that is drawn: a cell each, the chosen one marked. */
import type { Translate } from '../../src/language/translate';
import type { Half } from '../../src/protocol/address';
import type { Frame } from './layout';
import type { MapSight } from './mapSight';
import { svg } from './svg';

const LABEL = 14;
const SPACE = 2;
/** Beyond this many, cells without a space between them are still cells. */
const SPACED = 40;

export class LayerRail {
  readonly root = svg('g', { class: 'map-rail' });
  private readonly cells: readonly SVGRectElement[];
  private readonly half: Half;

  constructor(
    { half, layers, x, y, width, height, rail }: Frame,
    t: Translate,
    events: { goToLayer(half: Half, layer: number): void },
  ) {
    this.half = half;
    const pitch = (height - LABEL) / layers;
    const space = layers > SPACED ? 0 : SPACE;
    this.cells = Array.from({ length: layers }, (_, layer) => {
      const cell = svg(
        'rect',
        {
          class: 'map-layer',
          x: rail.x,
          y: y + height - (layer + 1) * pitch + space / 2,
          width: rail.width,
          height: Math.max(1, pitch - space),
          rx: 1.5,
        },
        svg('title', {}, t('Layer {layer}', { layer })),
      );
      cell.addEventListener('click', () => events.goToLayer(half, layer));
      return cell;
    });
    const left = rail.x < x + width / 2;
    const count = svg(
      'text',
      {
        class: 'map-times',
        x: left ? rail.x : rail.x + rail.width,
        y: y + LABEL - 5,
        'text-anchor': left ? 'start' : 'end',
      },
      `${layers}×`,
    );
    this.root.append(...this.cells, count);
  }

  update(sight: MapSight): void {
    this.cells.forEach((cell, layer) =>
      cell.classList.toggle('chosen', layer === sight.layer[this.half]),
    );
  }
}
