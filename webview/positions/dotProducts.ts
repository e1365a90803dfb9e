/** PE(p) · PE(p + k): how alike the encodings of two positions are, from an origin that can be dragged. */
import type { WireFailure } from '../../src/failure/failure';
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Known } from '../inspector/latest';
import type { Commands } from '../inspector/view';
import { NO_NUMBER } from '../parts/barCell';
import { card, chartRoom } from '../parts/card';
import { swatchOf } from '../parts/dataTable';
import { element, setAttribute, setText } from '../parts/element';
import { LINE_DASHES, LineChart, type Series } from '../parts/lineChart';
import { TwinTable } from '../parts/twinTable';
import type { AddedSight } from './addedPositions';
import { smallNumber } from './numberTerms';
import type { PlaceChoice } from './placeChoice';
import { TraceQuestion } from './traceQuestion';

type Reach = Answer<'positionReach'>;

const OWN_WIDTH = 2.5;

/** Of learned positions most products are small: two decimals would call them −0.00. */
const product = (value: number): string =>
  Math.abs(value) < 1 ? fourDecimals(value) : value.toFixed(2);

export class DotProducts {
  readonly root: HTMLElement;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly legend = element('p', { class: 'chart-legend' });
  private readonly scaleWords = element('p', { class: 'hint' });
  private readonly stillWords = element('p', { class: 'hint' });
  private readonly riseWords = element('p', { class: 'hint' });
  private readonly twin: TwinTable;
  private readonly curve: TraceQuestion<'positionCurve'>;
  private readonly reach: TraceQuestion<'positionReach'>;
  private known: Known<'positionCurve'> | null = null;
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = '';
  private sight: AddedSight | null = null;
  /** Where the curve was taken hold of. */
  private grip: { readonly position: number; readonly distance: number } | null = null;

  constructor(
    private readonly t: Translate,
    ask: Commands['ask'],
    private readonly choice: PlaceChoice,
    changed: () => void,
  ) {
    this.curve = new TraceQuestion(ask, 'positionCurve', changed);
    this.reach = new TraceQuestion(ask, 'positionReach', changed);
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    canvas.classList.add('draggable');
    canvas.addEventListener('pointerdown', (event) => this.take(event));
    canvas.addEventListener('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'pointercancel'] as const)
      canvas.addEventListener(end, () => (this.grip = null));
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('The dot products as a table'));
    this.root = card(
      t('Dot product by distance'),
      '',
      room,
      this.legend,
      this.scaleWords,
      this.stillWords,
      this.riseWords,
      this.twin.root,
    );
    this.root.dataset['part'] = 'byDistance';
  }

  get failure(): WireFailure | null {
    return this.known?.failure ?? null;
  }

  update(sight: AddedSight): void {
    this.sight = sight;
    const { view, side, table, positions, place } = sight;
    this.known = this.curve.want(view, { side, origin: place.position }, table.count);
    const { answer, answered } = this.known;
    const reach = this.reach.want(view, { side }, table.count).answer;
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
    setText(this.stillWords, reach === null ? '' : this.stillness(sight, reach));
    setText(this.riseWords, reach === null ? '' : this.riseOf(reach));
    if (answer !== null && answered !== null && reach !== null)
      this.draw(sight, numbersOf(answer), answered.origin, reach);
  }

  private stillness({ positions }: AddedSight, { spread, positions: count }: Reach): string {
    const words = { count, spread: smallNumber(spread) };
    return positions.kind === 'sinusoidal'
      ? this.t(
          'Drag the origin: more of its left side comes into sight, but the curve does not move. Between {count} positions, products at one distance differ by at most {spread}.',
          words,
        )
      : this.t(
          'Drag the origin: the curve changes. Between {count} positions, products at one distance differ by up to {spread}: what was learned depends on more than the distance.',
          words,
        );
  }

  private riseOf({ rise, positions }: Reach): string {
    if (rise === null)
      return this.t('Over {positions} positions the mean only falls.', { positions });
    const words = { ...rise, low: product(rise.low), high: product(rise.high) };
    if (rise.from === 0)
      return this.t(
        'The mean does not even fall at first: from {low} at distance 0 it rises to {high} at distance {to}.',
        words,
      );
    return this.t(
      'Near 0 the mean falls, to {low} at distance {from}; then it rises again, to {high} at distance {to}, and goes on up and down. “The further, the less alike” holds only for the first {from} positions.',
      words,
    );
  }

  private draw(
    { view, side, labels, positions }: AddedSight,
    products: Float32Array,
    origin: number,
    reach: Reach,
  ): void {
    const { t } = this;
    const { theme, snapshot } = view;
    const key = JSON.stringify([snapshot.trace, side, origin, products.length, labels.length]);
    this.twin.update(
      key,
      () => ({
        columns: [
          { name: t('Position'), kind: 'position' },
          { name: t('Token'), kind: 'header' },
          { name: t('Distance'), kind: 'number' },
          { name: 'PE·PE', kind: 'number' },
          { name: t('Mean at this distance'), kind: 'number' },
        ],
        rows: [...products].map((product, position) => ({
          cells: [
            String(position),
            labels[position] ?? '',
            String(position - origin),
            fourDecimals(product),
            meanWords(reach, Math.abs(position - origin)),
          ],
        })),
      }),
      origin,
    );
    const wanted = `${key} ${reach.positions} ${theme.lines.join()}`;
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
    const colour = theme.lines[0] ?? theme.foreground;
    this.legend.replaceChildren(
      swatchOf(colour),
      t('from position {position}', { position: origin }),
      swatchOf(theme.muted),
      positions.kind === 'sinusoidal'
        ? t('mean over all pairs of positions')
        : t('mean over all pairs of positions, lowest, highest'),
    );
    const last = reach.positions - 1;
    this.chart.draw(
      [
        {
          name: 'PE·PE',
          colour,
          dash: [],
          width: OWN_WIDTH,
          points: [...products].map((y, position) => ({ x: position - origin, y })),
        },
        ...othersOf(reach, positions.kind === 'learned', theme.muted, t),
      ],
      {
        x: t('distance in positions'),
        y: 'PE(p) · PE(p + k)',
        xRange: [-last, last],
        yRange: null,
        decimals: 3,
        describeX: (x) => `k = ${x} “${labels[origin + x] ?? ''}”`,
      },
      theme,
    );
  }

  private take(event: PointerEvent): void {
    const distance = this.chart.xAt(event.offsetX);
    if (this.sight === null || distance === null || event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.grip = { position: this.sight.place.position, distance };
  }

  /** The piece of the curve that was taken follows the pointer: further right, the origin is earlier. */
  private drag(event: PointerEvent): void {
    const distance = this.chart.xAt(event.offsetX);
    if (this.grip === null || this.sight === null || distance === null) return;
    const moved = Math.round(this.grip.position - (distance - this.grip.distance));
    const position = Math.max(0, Math.min(this.sight.limits.positions - 1, moved));
    if (position !== this.sight.place.position) this.choice.choose({ position });
  }
}

const meanWords = ({ mean }: Reach, distance: number): string => {
  const value = numbersOf(mean)[distance];
  return value === undefined ? NO_NUMBER : fourDecimals(value);
};

/** The mean of all origins on both sides, and of learned positions how far they lie apart. */
function othersOf(reach: Reach, ends: boolean, colour: string, t: Translate): Series[] {
  const mirrored = (tensor: Reach['mean']): Series['points'] => {
    const values = [...numbersOf(tensor)].map((y, x) => ({ x, y }));
    return [...values.slice(1).map(({ x, y }) => ({ x: -x, y })), ...values].sort(
      (one, other) => one.x - other.x,
    );
  };
  const thin = { colour, dash: [], width: 0.5 };
  return [
    { name: t('mean'), colour, dash: LINE_DASHES[1] ?? [], points: mirrored(reach.mean) },
    ...(ends
      ? [
          { ...thin, name: t('lowest'), points: mirrored(reach.lowest) },
          { ...thin, name: t('highest'), points: mirrored(reach.highest) },
        ]
      : []),
  ];
}
