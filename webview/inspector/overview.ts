/**
 * Every head of every layer as a thumbnail, one grid a stack, filling as pictures arrive. Arrow
 * keys move between heads, Enter or a click chooses one.
 */
import { marked } from '../../src/navigation/approximate';
import type { Stack } from '../../src/protocol/address';
import type { Translate } from '../../src/language/translate';
import type { ColourScale } from '../../src/palette/weightScale';
import type { ColourScaleChoice } from '../../src/protocol/readerState';
import type { Navigation } from '../../src/protocol/navigation';
import type { Plan } from '../../src/protocol/trace';
import type { Picture } from '../../src/protocol/wireTensor';
import { element, setAttribute, setText, show } from '../parts/element';
import { LayerPicture } from './layerPicture';
import { scaleEnd, shortName, stackName } from '../../src/navigation/names';
import { stacksOf } from '../../src/protocol/stacks';
import { headCount, layerCount, pictureKey } from '../../src/navigation/traceState';
import type { Commands, Part, View } from './view';

/** A layer: a cell a head, over one canvas for all of them. */
interface LayerRow {
  readonly number: HTMLElement;
  readonly cells: readonly HTMLElement[];
  readonly canvas: LayerPicture;
  named: Picture | null;
}

class StackGrid {
  readonly root: HTMLElement;
  private readonly grid: HTMLElement;
  private rows: LayerRow[] = [];
  private shape = '';
  private roving = { layer: 0, head: 0 };
  private reached: HTMLElement | undefined;
  private chosen = '';
  private width = 0;
  private readonly sizes = new ResizeObserver(([entry]) => {
    this.width = entry?.contentRect.width ?? 0;
    for (const { canvas } of this.rows) canvas.resize(this.width);
  });

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
    const known = stacksOf(plan.model.architecture).includes(this.stack);
    const layers = known ? layerCount(plan, this.stack) : 0;
    const heads = known ? headCount(plan, this.stack) : 0;
    show(this.root, layers > 0);
    if (this.shape !== `${layers}×${heads}`) {
      this.shape = `${layers}×${heads}`;
      this.build(layers, heads);
    }
    const { navigation, theme, reader } = view;
    const active = navigation.stack === this.stack;
    this.root.classList.toggle('active', active);
    this.choose(active ? navigation : null);
    this.rows.forEach((row, layer) =>
      this.paint(
        row,
        view.pictures.get(pictureKey({ stack: this.stack, layer })) ?? null,
        layer,
        theme[navigation.direction],
        reader.colourScale,
      ),
    );
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

  /** Marks the chosen head, or all heads that a mean or maximum is taken over. */
  private choose(navigation: Navigation | null): void {
    const { layer, head } = navigation ?? {};
    const chosen = `${layer}/${head}`;
    if (chosen === this.chosen) return;
    this.chosen = chosen;
    const whole = typeof head === 'string';
    this.rows.forEach(({ cells }, at) =>
      cells.forEach((cell, column) => {
        const here = (layer === at || layer === 'mean') && (head === column || whole);
        setAttribute(cell, 'aria-selected', String(here));
        cell.classList.toggle('whole-row', here && whole);
      }),
    );
  }

  private build(layers: number, heads: number): void {
    this.grid.style.setProperty('--heads', String(heads));
    this.sizes.disconnect();
    this.chosen = '';
    this.rows = Array.from({ length: layers }, (_, layer) => ({
      number: element(
        'div',
        { class: 'row-name', attributes: { role: 'rowheader' } },
        String(layer),
      ),
      canvas: new LayerPicture(heads),
      named: null,
      cells: Array.from({ length: heads }, (__, head) => {
        const cell = element('div', {
          class: 'thumbnail',
          attributes: {
            role: 'gridcell',
            tabindex: -1,
            'aria-selected': 'false',
            'data-layer': layer,
            'data-head': head,
          },
        });
        this.describe(cell, layer, head, null);
        return cell;
      }),
    }));
    this.grid.replaceChildren(
      ...this.rows.map(({ number, cells, canvas }) =>
        element(
          'div',
          { class: 'thumbnail-row', attributes: { role: 'row' } },
          number,
          canvas.root,
          ...cells,
        ),
      ),
    );
    const [first] = this.rows;
    if (first !== undefined) this.sizes.observe(first.canvas.root);
  }

  private paint(
    row: LayerRow,
    picture: Picture | null,
    layer: number,
    scale: ColourScale,
    choice: ColourScaleChoice,
  ): void {
    row.canvas.show(picture, scale, choice, this.width);
    if (row.named === picture) return;
    row.named = picture;
    row.number.classList.toggle('approximate', picture?.approximate === true);
    row.cells.forEach((cell, head) => this.describe(cell, layer, head, picture));
  }

  private describe(cell: HTMLElement, layer: number, head: number, picture: Picture | null): void {
    const name = shortName({ stack: this.stack, layer, head }, this.t);
    const maximum = picture?.maxima[head];
    const words =
      maximum === undefined
        ? this.t('{name}, not computed yet', { name })
        : this.t('{name}, largest weight {maximum}', {
            name,
            maximum: marked(scaleEnd(maximum), picture?.approximate === true),
          });
    setAttribute(cell, 'aria-label', words);
    setAttribute(cell, 'title', words);
    cell.classList.toggle('painted', picture !== null);
  }

  private open(layer: number, head: number): void {
    this.roving = { layer, head };
    this.commands.navigate({ stack: this.stack, layer, head });
  }

  private key(event: KeyboardEvent): void {
    const { layer, head } = this.roving;
    const last = { layer: this.rows.length - 1, head: (this.rows[0]?.cells.length ?? 1) - 1 };
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
      this.cellAt(next)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') this.open(layer, head);
    else return;
    event.preventDefault();
  }

  private cellAt({ layer, head }: { layer: number; head: number }): HTMLElement | undefined {
    return this.rows[layer]?.cells[head];
  }

  private rove(): void {
    const cell = this.cellAt(this.roving);
    if (cell === this.reached) return;
    this.reached?.setAttribute('tabindex', '-1');
    cell?.setAttribute('tabindex', '0');
    this.reached = cell;
  }
}

export function createOverview(t: Translate, commands: Commands): Part {
  const grids = stacksOf('encoderDecoder').map((stack) => new StackGrid(stack, t, commands));
  const note = element('p', { class: 'overview-note' });
  const root = element(
    'section',
    { class: 'overview', attributes: { 'aria-label': t('All layers and heads') } },
    ...grids.map((grid) => grid.root),
    note,
  );
  return {
    root,
    update(view) {
      const { plan } = view.snapshot;
      show(root, plan !== null);
      if (plan !== null) for (const grid of grids) grid.update(view, plan);
      setText(
        note,
        view.reader.colourScale === 'absolute'
          ? t(
              'Each square is one head: rows are layers from 0, columns heads. Inside it queries go down, keys across; colours run from 0 to weight 1 in all of them, √ coded.',
            )
          : t(
              'Each square is one head: rows are layers from 0, columns heads. Inside it queries go down, keys across; colours run from 0 to that head’s own largest weight, √ coded.',
            ),
      );
    },
  };
}
