/** Each pair of dimensions as the hand of a clock: the fastest a turn in six positions, the slowest hardly one. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { card } from '../parts/card';
import { element, setAttribute, setText } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { clockGrid, drawClocks, type ClockGrid } from './clockDrawing';
import type { PairSight } from './pairSight';
import type { PlaceChoice } from './placeChoice';
import { degreesBetween, wavelengthWords } from './rotaryPairs';

type Waves = Answer<'positionWaves'>;

export class Clocks {
  readonly root: HTMLElement;
  private readonly canvas: HTMLCanvasElement;
  private readonly words: HTMLElement;
  private readonly readout: HTMLElement;
  private readonly room = element('div', { class: 'clock-room' });
  private readonly twin: TwinTable;
  private grid: ClockGrid = { columns: 1, rows: 1, size: 1 };
  private shown: { readonly sight: PairSight; readonly waves: Waves } | null = null;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    private readonly choice: PlaceChoice,
  ) {
    this.words = element('p', { class: 'hint' });
    this.readout = element('p', {
      class: 'map-readout',
      attributes: { id: 'clock-readout', role: 'status' },
    });
    this.canvas = element('canvas', {
      class: 'clocks',
      attributes: { tabindex: 0, role: 'application', 'aria-describedby': 'clock-readout' },
      on: { pointerdown: (event) => this.point(event), keydown: (event) => this.key(event) },
    });
    this.room.append(this.canvas);
    this.twin = new TwinTable(t('The clocks as a table'));
    this.root = card(
      t('A clock for each pair of dimensions'),
      '',
      this.words,
      this.room,
      this.readout,
      this.twin.root,
    );
    new ResizeObserver(() => this.draw()).observe(this.room);
  }

  update(sight: PairSight, waves: Waves, position: number): void {
    const { t } = this;
    this.shown = { sight, waves };
    const { place, dimensionsOf, positions, view } = sight;
    const numbers = numbersOf(waves.frequencies);
    const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
    setText(
      this.words,
      t(
        'Hand: right is the sine, up the cosine. At the next position each turns on by its own {angle}: the first is once around in {fast} positions, the last in {slow}.',
        { angle: symbolOf(sight), fast: wavelengthWords(first), slow: wavelengthWords(last) },
      ),
    );
    setAttribute(
      this.canvas,
      'aria-label',
      t(
        '{count} clocks at position {position}; arrow keys choose one, Page Up and Page Down move the position',
        {
          count: numbers.length,
          position,
        },
      ),
    );
    const { pair } = place;
    const [one, other] = dimensionsOf(pair);
    const angle = numbersOf(waves.angles)[pair] ?? Number.NaN;
    const hand = handsOf(waves)[pair];
    setText(
      this.readout,
      t(
        'pair {pair} (dimensions {first}, {second}): {angle} rad = {degrees}°, sin {sine}, cos {cosine}',
        {
          pair,
          first: one,
          second: other,
          angle: fourDecimals(angle),
          degrees: degreesBetween(1, angle).toFixed(1),
          sine: fourDecimals(hand?.sine ?? Number.NaN),
          cosine: fourDecimals(hand?.cosine ?? Number.NaN),
        },
      ),
    );
    const key = `${view.snapshot.trace}/${sight.side}/${position}/${JSON.stringify(positions)}`;
    this.twin.update(key, () => this.rows(sight, waves), pair);
    this.draw();
  }

  private rows(sight: PairSight, waves: Waves) {
    const { t } = this;
    const { dimensionsOf } = sight;
    const frequencies = numbersOf(waves.frequencies);
    const angles = numbersOf(waves.angles);
    return {
      columns: [
        { name: t('Pair'), kind: 'header' as const },
        { name: t('Dimensions'), kind: 'text' as const },
        { name: symbolOf(sight), kind: 'number' as const, title: t('Radians a position') },
        { name: t('Angle'), kind: 'number' as const, title: t('Radians, full turns included') },
        { name: 'sin', kind: 'number' as const },
        { name: 'cos', kind: 'number' as const },
      ],
      rows: handsOf(waves).map(({ sine, cosine }, pair) => ({
        cells: [
          String(pair),
          dimensionsOf(pair).join(', '),
          (frequencies[pair] ?? 0).toPrecision(4),
          fourDecimals(angles[pair] ?? Number.NaN),
          fourDecimals(sine),
          fourDecimals(cosine),
        ],
        go: () => this.choice.choose({ pair }),
      })),
    };
  }

  private draw(): void {
    if (this.shown === null || this.room.clientWidth === 0) return;
    const { sight, waves } = this.shown;
    const { theme } = sight.view;
    const faces = handsOf(waves);
    this.grid = clockGrid(faces.length, this.room.clientWidth);
    const hands = [...numbersOf((waves.stored ?? waves).sines)].join();
    const wanted = JSON.stringify([hands, this.grid, sight.place.pair, theme.lines, theme.line]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    drawClocks(this.canvas, faces, this.grid, sight.place.pair, theme);
  }

  private point(event: PointerEvent): void {
    const { columns, size } = this.grid;
    const column = Math.min(columns - 1, Math.floor(event.offsetX / size));
    this.go(Math.floor(event.offsetY / size) * columns + column);
  }

  private key(event: KeyboardEvent): void {
    if (this.shown === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const { place, limits } = this.shown.sight;
    const moves: Record<string, () => void> = {
      ArrowRight: () => this.go(place.pair + 1),
      ArrowLeft: () => this.go(place.pair - 1),
      ArrowDown: () => this.go(place.pair + this.grid.columns),
      ArrowUp: () => this.go(place.pair - this.grid.columns),
      Home: () => this.go(0),
      End: () => this.go(limits.pairs - 1),
      PageDown: () => this.step(place.position + 1),
      PageUp: () => this.step(place.position - 1),
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  private go(pair: number): void {
    const count = this.shown?.sight.limits.pairs ?? 0;
    if (pair >= 0 && pair < count) this.choice.choose({ pair });
  }

  private step(position: number): void {
    const count = this.shown?.sight.limits.positions ?? 0;
    if (position >= 0 && position < count) this.choice.choose({ position });
  }
}

/** As the papers call it. */
const symbolOf = ({ positions }: PairSight): string => (positions.kind === 'rotary' ? 'θ' : 'ω');

/** The table's own values where there is one. */
function handsOf(waves: Waves): { readonly sine: number; readonly cosine: number }[] {
  const { sines, cosines } = waves.stored ?? waves;
  const other = numbersOf(cosines);
  return [...numbersOf(sines)].map((sine, i) => ({ sine, cosine: other[i] ?? Number.NaN }));
}
