/**
 * Every head of every layer as a thumbnail, one grid a stack, filling as pictures arrive. Arrow
 * keys move between heads, Enter or a click chooses one.
 */
import type { Stack } from '../../src/protocol/address';
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import type { Plan } from '../../src/protocol/trace';
import type { Picture } from '../../src/protocol/wireTensor';
import { pixelsOf, rasterOfPixels } from '../drawing/raster';
import { contextOf, element, setAttribute, show } from './element';
import { shortName, stackName } from './names';
import { headCount, layerCount, pictureKey } from './traceState';
import type { Commands, Part, View } from './view';

interface Thumbnail {
  readonly cell: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  picture: Picture | null;
  scale: ColourScale | null;
}

class StackGrid {
  readonly root: HTMLElement;
  private readonly grid: HTMLElement;
  /** `[layer][head]` */
  private thumbnails: Thumbnail[][] = [];
  private shape = '';
  private roving = { layer: 0, head: 0 };

  constructor(
    private readonly stack: Stack,
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const name = stackName(stack, t);
    this.grid = element('div', {
      class: 'thumbnails',
      attributes: { role: 'grid', 'aria-label': t('Heads: {stack}', { stack: name }) },
      on: {
        click: (event) => {
          const cell = event.target instanceof Element ? event.target.closest('[data-head]') : null;
          if (cell !== null)
            this.open(
              Number(cell.getAttribute('data-layer')),
              Number(cell.getAttribute('data-head')),
            );
        },
        keydown: (event) => this.key(event),
      },
    });
    this.root = element(
      'div',
      { class: 'stack' },
      element('h3', { class: 'stack-name' }, name),
      this.grid,
    );
  }

  update(view: View, plan: Plan): void {
    const layers = layerCount(plan, this.stack);
    const heads = headCount(plan, this.stack);
    show(this.root, layers > 0);
    if (this.shape !== `${layers}×${heads}`) {
      this.shape = `${layers}×${heads}`;
      this.build(layers, heads);
    }
    const { navigation, theme } = view;
    const active = navigation.stack === this.stack;
    this.root.classList.toggle('active', active);
    this.thumbnails.forEach((row, layer) => {
      const picture = view.pictures.get(pictureKey({ stack: this.stack, layer })) ?? null;
      row.forEach((thumbnail, head) => {
        const chosen =
          active &&
          (navigation.layer === layer || navigation.layer === 'mean') &&
          (navigation.head === head || typeof navigation.head === 'string');
        setAttribute(thumbnail.cell, 'aria-selected', String(chosen));
        thumbnail.cell.classList.toggle('whole-row', chosen && typeof navigation.head === 'string');
        this.paint(thumbnail, picture, layer, head, theme[navigation.direction]);
      });
    });
    if (
      active &&
      !this.grid.contains(document.activeElement) &&
      typeof navigation.layer === 'number'
    )
      this.roving = {
        layer: navigation.layer,
        head: typeof navigation.head === 'number' ? navigation.head : 0,
      };
    this.rove();
  }

  private build(layers: number, heads: number): void {
    this.grid.style.setProperty('--heads', String(heads));
    this.thumbnails = Array.from({ length: layers }, (_, layer) =>
      Array.from({ length: heads }, (__, head) => {
        const canvas = element('canvas', {
          attributes: { width: 1, height: 1, 'aria-hidden': 'true' },
        });
        const cell = element(
          'div',
          {
            class: 'thumbnail',
            attributes: { role: 'gridcell', tabindex: -1, 'data-layer': layer, 'data-head': head },
          },
          canvas,
        );
        return { cell, canvas, picture: null, scale: null };
      }),
    );
    this.grid.replaceChildren(
      ...this.thumbnails.map((row, layer) =>
        element(
          'div',
          { class: 'thumbnail-row', attributes: { role: 'row' } },
          element('div', { class: 'row-name', attributes: { role: 'rowheader' } }, String(layer)),
          ...row.map(({ cell }) => cell),
        ),
      ),
    );
  }

  private paint(
    thumbnail: Thumbnail,
    picture: Picture | null,
    layer: number,
    head: number,
    scale: ColourScale,
  ): void {
    if (thumbnail.picture === picture && thumbnail.scale === scale && picture !== null) return;
    const name = shortName({ stack: this.stack, layer, head }, this.t);
    const maximum = picture?.maxima[head];
    const words =
      maximum === undefined
        ? this.t('{name}, not computed yet', { name })
        : this.t('{name}, largest weight {maximum}', { name, maximum: maximum.toFixed(2) });
    setAttribute(thumbnail.cell, 'aria-label', words);
    setAttribute(thumbnail.cell, 'title', words);
    thumbnail.cell.classList.toggle('painted', picture !== null);
    thumbnail.picture = picture;
    thumbnail.scale = scale;
    if (picture === null || picture.rows * picture.columns === 0) return;
    const { width, height, rgba } = rasterOfPixels(pixelsOf(picture, head), scale);
    thumbnail.canvas.width = width;
    thumbnail.canvas.height = height;
    contextOf(thumbnail.canvas).putImageData(new ImageData(rgba, width, height), 0, 0);
  }

  private open(layer: number, head: number): void {
    this.roving = { layer, head };
    this.commands.navigate({ stack: this.stack, layer, head });
  }

  private key(event: KeyboardEvent): void {
    const { layer, head } = this.roving;
    const last = { layer: this.thumbnails.length - 1, head: (this.thumbnails[0]?.length ?? 1) - 1 };
    const moves: Record<string, { layer: number; head: number }> = {
      ArrowRight: { layer, head: Math.min(last.head, head + 1) },
      ArrowLeft: { layer, head: Math.max(0, head - 1) },
      ArrowDown: { layer: Math.min(last.layer, layer + 1), head },
      ArrowUp: { layer: Math.max(0, layer - 1), head },
      Home: { layer, head: 0 },
      End: { layer, head: last.head },
    };
    const next = moves[event.key];
    if (next !== undefined) {
      this.roving = next;
      this.rove();
      this.thumbnails[next.layer]?.[next.head]?.cell.focus();
    } else if (event.key === 'Enter' || event.key === ' ') this.open(layer, head);
    else return;
    event.preventDefault();
  }

  private rove(): void {
    this.thumbnails.forEach((row, layer) =>
      row.forEach(({ cell }, head) =>
        setAttribute(
          cell,
          'tabindex',
          layer === this.roving.layer && head === this.roving.head ? 0 : -1,
        ),
      ),
    );
  }
}

export function createOverview(t: Translate, commands: Commands): Part {
  const stacks: readonly Stack[] = ['encoder', 'decoder', 'cross'];
  const grids = stacks.map((stack) => new StackGrid(stack, t, commands));
  const root = element(
    'section',
    { class: 'overview', attributes: { 'aria-label': t('All layers and heads') } },
    ...grids.map((grid) => grid.root),
    element(
      'p',
      { class: 'overview-note' },
      t(
        'Each square is one head: rows are layers from 0, columns heads. Inside it queries go down, keys across; colours run from 0 to that head’s own largest weight, √ coded.',
      ),
    ),
  );
  return {
    root,
    update(view) {
      const { plan } = view.snapshot;
      show(root, plan !== null);
      if (plan !== null) for (const grid of grids) grid.update(view, plan);
    },
  };
}
