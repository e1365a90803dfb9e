/** PE(p) · PE(p + k): how alike the encodings of two positions are, from a position of the reader's choice. */
import type { WireFailure } from '../../src/failure/failure';
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { Latest } from '../inspector/latest';
import { chosenToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { element, setAttribute, setText } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import type { AddedSight } from './addedPositions';
import { card, chartRoom } from '../parts/card';
import { LineChart } from '../parts/lineChart';

export class DotProducts {
  readonly root: HTMLElement;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly slider: HTMLInputElement;
  private readonly sliderWords = element('output', { class: 'origin-words' });
  private readonly scaleWords = element('p', { class: 'hint' });
  private readonly twin: TwinTable;
  private readonly curve: Latest<'positionCurve'>;
  private trace: string | null = null;
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = '';
  /** Positions when the curve was last asked for. */
  private measured = 0;
  private sight: AddedSight | null = null;
  /** Position the reader has dragged to; null: that of the chosen token. */
  private dragged: { readonly place: string; readonly position: number } | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
    changed: () => void,
  ) {
    this.curve = new Latest<'positionCurve'>(
      (question, signal) => commands.ask('positionCurve', question, signal),
      changed,
    );
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('The dot products as a table'));
    this.slider = element('input', {
      attributes: { type: 'range', min: 0, step: 1, 'aria-label': t('Position to measure from') },
      on: { input: () => this.drag() },
    });
    this.root = card(
      t('Dot product by distance'),
      '',
      room,
      element('div', { class: 'origin-row' }, this.slider, this.sliderWords),
      this.scaleWords,
      this.twin.root,
    );
  }

  get failure(): WireFailure | null {
    return this.curve.known.failure;
  }

  /** Forgets what was asked about another trace. */
  keep({ snapshot }: View): void {
    if (this.trace !== null && this.trace !== snapshot.trace) this.curve.reset();
    this.trace = snapshot.trace;
  }

  update(sight: AddedSight): void {
    this.sight = sight;
    const { side, table, labels, positions } = sight;
    const { dragged } = this;
    const place = this.placeOf(sight);
    const chosen = chosenToken(sight.view)?.index ?? 0;
    const origin = Math.min(table.count - 1, dragged?.place === place ? dragged.position : chosen);
    setAttribute(this.slider, 'max', table.count - 1);
    if (this.slider.valueAsNumber !== origin) this.slider.value = String(origin);
    const from = this.t('from position {position} “{token}”', {
      position: origin,
      token: labels[origin] ?? '',
    });
    setText(this.sliderWords, from);
    setAttribute(this.slider, 'aria-valuetext', from);
    this.curve.want({ side, origin });
    // While output is written there are more positions to compare with.
    if (this.curve.known.fresh && this.measured !== table.count) this.curve.refresh();
    this.measured = table.count;
    const { answer, answered } = this.curve.known;
    const own = answer === null || answered === null ? null : numbersOf(answer)[answered.origin];
    setText(
      this.scaleWords,
      positions.kind === 'sinusoidal'
        ? this.t('At distance 0 it is d_model ÷ 2 = {half}, wherever the token stands.', {
            half: table.width / 2,
          })
        : own == null
          ? ''
          : this.t('With itself: {product}, the squared length of what was learned here.', {
              product: own.toFixed(3),
            }),
    );
    if (answer !== null && answered !== null) this.draw(sight, answer, answered.origin);
  }

  private draw(
    { view, side, labels }: AddedSight,
    answer: Answer<'positionCurve'>,
    origin: number,
  ) {
    const { t } = this;
    const { theme, snapshot } = view;
    const products = [...numbersOf(answer)];
    const key = JSON.stringify([snapshot.trace, side, origin, answer.shape, labels.length]);
    this.twin.update(
      key,
      () => ({
        columns: [
          { name: t('Position'), kind: 'position' },
          { name: t('Token'), kind: 'header' },
          { name: t('Distance'), kind: 'number' },
          { name: 'PE·PE', kind: 'number' },
        ],
        rows: products.map((product, position) => ({
          cells: [
            String(position),
            labels[position] ?? '',
            String(position - origin),
            fourDecimals(product),
          ],
        })),
      }),
      origin,
    );
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setAttribute(
      this.canvas,
      'aria-label',
      t('Dot product of the encoding at position {position} with every other; {top} with itself.', {
        position: origin,
        top: (products[origin] ?? 0).toFixed(2),
      }),
    );
    this.chart.draw(
      [
        {
          name: 'PE·PE',
          colour: theme.lines[0] ?? theme.foreground,
          dash: [],
          points: products.map((y, position) => ({ x: position - origin, y })),
        },
      ],
      {
        x: t('distance in positions'),
        y: 'PE(p) · PE(p + k)',
        xRange: [-origin, Math.max(1, products.length - 1 - origin)],
        yRange: null,
        decimals: 3,
        describeX: (x) => `k = ${x} “${labels[origin + x] ?? ''}”`,
      },
      theme,
    );
  }

  private placeOf({ view, side }: AddedSight): string {
    return `${view.snapshot.trace}/${side}/${chosenToken(view)?.index ?? 0}`;
  }

  private drag(): void {
    if (this.sight === null) return;
    const position = this.slider.valueAsNumber;
    this.dragged = { place: this.placeOf(this.sight), position };
    this.update(this.sight);
  }
}
