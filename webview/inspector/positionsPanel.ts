/** Where a token stands, as the model is told: sinusoids, their dot products, and the whole map. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { Side } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { visibleLabel } from '../../src/navigation/labels';
import { describeDimension } from './dimensions';
import { DimensionPicker } from './dimensionPicker';
import { element, setAttribute, setText, show } from '../parts/element';
import { Latest } from './latest';
import { LineChart, type Series } from './lineChart';
import { PositionMap } from './positionMap';
import type { PositionTable } from './positionTable';
import { tokensOf } from '../../src/navigation/traceState';
import type { Commands, Part, View } from './view';

const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3], [10, 4]];

export class PositionsPanel implements Part {
  readonly root: HTMLElement;
  private readonly layout = element('p', { class: 'hint' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly picker: DimensionPicker;
  private readonly map: PositionMap;
  private readonly waves: LineChart;
  private readonly products: LineChart;
  private readonly wavesCanvas: HTMLCanvasElement;
  private readonly productsCanvas: HTMLCanvasElement;
  private readonly origin: HTMLInputElement;
  private readonly originWords = element('output', { class: 'origin-words' });
  private readonly curve: Latest<'positionCurve'>;
  private readonly scaleWords = element('p', { class: 'hint' });
  /** What the two charts show: chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = { waves: '', products: '' };
  /** Positions when the curve was last asked for. */
  private measured = 0;
  private view: View | null = null;
  /** Position the reader has dragged to; null: that of the chosen token. */
  private dragged: { trace: string; token: string; position: number } | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const redraw = (): void => {
      if (this.view !== null) this.update(this.view);
    };
    this.curve = new Latest<'positionCurve'>(
      (question, signal) => commands.ask('positionCurve', question, signal),
      redraw,
    );
    this.picker = new DimensionPicker(t, redraw);
    this.map = new PositionMap(t);
    this.wavesCanvas = element('canvas', { attributes: { role: 'img' } });
    this.productsCanvas = element('canvas', { attributes: { role: 'img' } });
    this.waves = new LineChart(this.wavesCanvas);
    this.products = new LineChart(this.productsCanvas);
    this.origin = element('input', {
      attributes: { type: 'range', min: 0, step: 1, 'aria-label': t('Position to measure from') },
      on: { input: () => this.drag() },
    });
    this.content = element(
      'div',
      { class: 'positions' },
      element(
        'section',
        { class: 'card' },
        element('h3', { class: 'small-title' }, t('Sinusoids')),
        element('div', { class: 'chart' }, this.wavesCanvas),
        this.picker.root,
      ),
      element(
        'section',
        { class: 'card' },
        element('h3', { class: 'small-title' }, t('Dot product by distance')),
        element('div', { class: 'chart' }, this.productsCanvas),
        element('div', { class: 'origin-row' }, this.origin, this.originWords),
        this.scaleWords,
      ),
      element(
        'section',
        { class: 'card wide' },
        element('h3', { class: 'small-title' }, t('Position × dimension')),
        this.map.root,
      ),
    );
    this.root = element(
      'div',
      { class: 'positions-panel' },
      this.waiting,
      this.layout,
      this.content,
    );
  }

  update(view: View): void {
    if (this.view !== null && this.view.snapshot.trace !== view.snapshot.trace) this.curve.reset();
    this.view = view;
    const side: Side = view.navigation.token?.side ?? 'source';
    const table = view.positions[side];
    const failed = table.failure ?? this.curve.known.failure;
    setText(
      this.waiting,
      failed !== null ? describeFailure(failed, this.t) : this.t('Asking the engine…'),
    );
    show(this.waiting, failed !== null || table.count === 0);
    show(this.content, table.count > 0);
    show(this.layout, table.count > 0);
    if (table.count === 0) return;
    setText(
      this.layout,
      table.layout === 'interleaved'
        ? this.t(
            'Layout: interleaved, as in the paper — even dimensions are sines, odd ones cosines.',
          )
        : this.t(
            'Layout: halves, as in Marian — the first half of the dimensions are sines, the second half cosines.',
          ),
    );
    const labels = tokensOf(view.snapshot, side).map(visibleLabel);
    this.picker.update(table.width, table.layout, view.theme);
    this.drawWaves(side, table, labels, view);
    this.drawProducts(side, table, labels, view);
    const chosen =
      view.preview?.side === side ? view.preview.index : (view.navigation.token?.index ?? null);
    this.map.update(table, labels, chosen, view.theme, view.snapshot.trace);
  }

  private drawWaves(side: Side, table: PositionTable, labels: readonly string[], view: View): void {
    const { theme, snapshot } = view;
    const { dimensions } = this.picker;
    const wanted = JSON.stringify([snapshot.trace, side, table.count, dimensions, theme.lines]);
    if (wanted === this.drawn.waves) return;
    this.drawn.waves = wanted;
    const series = dimensions.map((dimension, i): Series => {
      const { wave } = describeDimension(dimension, table.width, table.layout);
      return {
        name: this.t('dim {dimension} {wave}', { dimension, wave }),
        colour: theme.lines[i] ?? theme.foreground,
        dash: DASHES[i] ?? [],
        points: Array.from({ length: table.count }, (_, position) => ({
          x: position,
          y: table.row(position)?.[dimension] ?? Number.NaN,
        })),
      };
    });
    setAttribute(
      this.wavesCanvas,
      'aria-label',
      this.t(
        'Curves of dimensions {dimensions} over {count} positions; the map below has every value.',
        {
          dimensions: dimensions.join(', '),
          count: table.count,
        },
      ),
    );
    this.waves.draw(
      series,
      {
        x: this.t('position'),
        y: this.t('value'),
        xRange: [0, Math.max(1, table.count - 1)],
        yRange: [-1, 1],
        decimals: 4,
        describeX: (x) => `${x} “${labels[x] ?? ''}”`,
      },
      theme,
    );
  }

  private drawProducts(
    side: Side,
    table: PositionTable,
    labels: readonly string[],
    view: View,
  ): void {
    const chosen = view.navigation.token?.index ?? 0;
    const token = `${side}/${chosen}`;
    const dragged =
      this.dragged?.trace === view.snapshot.trace && this.dragged.token === token
        ? this.dragged.position
        : null;
    const origin = Math.min(table.count - 1, dragged ?? chosen);
    setAttribute(this.origin, 'max', table.count - 1);
    if (this.origin.valueAsNumber !== origin) this.origin.value = String(origin);
    const from = this.t('from position {position} “{token}”', {
      position: origin,
      token: labels[origin] ?? '',
    });
    setText(this.originWords, from);
    setAttribute(this.origin, 'aria-valuetext', from);
    this.curve.want({ side, origin });
    // While output is written there are more positions to compare with.
    if (this.curve.known.fresh && this.measured !== table.count) this.curve.refresh();
    this.measured = table.count;
    setText(
      this.scaleWords,
      this.t('At distance 0 it is d_model ÷ 2 = {half}, wherever the token stands.', {
        half: table.width / 2,
      }),
    );
    const { answer, answered } = this.curve.known;
    if (answer === null || answered === null) return;
    const { trace } = view.snapshot;
    const wanted = JSON.stringify([trace, answered, answer.shape, labels.length, view.theme.lines]);
    if (wanted === this.drawn.products) return;
    this.drawn.products = wanted;
    const products = [...numbersOf(answer)];
    setAttribute(
      this.productsCanvas,
      'aria-label',
      this.t(
        'Dot product of the encoding at position {position} with every other; {top} with itself.',
        {
          position: answered.origin,
          top: (products[answered.origin] ?? 0).toFixed(2),
        },
      ),
    );
    this.products.draw(
      [
        {
          name: 'PE·PE',
          colour: view.theme.lines[0] ?? view.theme.foreground,
          dash: [],
          points: products.map((y, position) => ({ x: position - answered.origin, y })),
        },
      ],
      {
        x: this.t('distance in positions'),
        y: 'PE(p) · PE(p + k)',
        xRange: [-answered.origin, Math.max(1, products.length - 1 - answered.origin)],
        yRange: null,
        decimals: 3,
        describeX: (x) => `k = ${x} “${labels[answered.origin + x] ?? ''}”`,
      },
      view.theme,
    );
  }

  private drag(): void {
    if (this.view === null) return;
    const { snapshot, navigation } = this.view;
    const token = `${navigation.token?.side ?? 'source'}/${navigation.token?.index ?? 0}`;
    this.dragged = { trace: snapshot.trace, token, position: this.origin.valueAsNumber };
    this.update(this.view);
  }
}
