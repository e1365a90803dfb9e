/** The paper's formula in both orders of dimensions, and filled in for one position and one dimension. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { rasterOfSigned } from '../drawing/raster';
import { formula } from '../learn/formula/formulas';
import {
  apply,
  applyTo,
  equations,
  fraction,
  math,
  named,
  number,
  operator,
  row,
  sup,
  type Term,
} from '../learn/formula/mathml';
import { card } from '../parts/card';
import { contextOf, element, setAttribute, setText, show } from '../parts/element';
import type { Theme } from '../parts/theme';
import { TwinTable } from '../parts/twinTable';
import { dimensionsOf, pairAt, type PositionLayout } from './dimensions';
import { signedNumber, smallNumber } from './numberTerms';
import type { PairSight } from './pairSight';
import type { PlaceChoice } from './placeChoice';
import { wavelengthWords } from './rotaryPairs';
import { WAVE_LIMIT } from './valueRange';

type Waves = Answer<'positionWaves'>;

const LAYOUTS: readonly PositionLayout[] = ['interleaved', 'halves'];

interface Order {
  readonly layout: PositionLayout;
  readonly root: HTMLElement;
  readonly own: HTMLElement;
  readonly strip: HTMLCanvasElement;
}

export class FormulaCard {
  readonly root: HTMLElement;
  private readonly orders: readonly Order[];
  private readonly dimension: HTMLInputElement;
  private readonly filled = element('div', { class: 'formula filled' });
  private readonly stored = element('p', { class: 'stored' });
  private readonly base = element('p', { class: 'hint' });
  private readonly twin: TwinTable;
  private shown: { readonly layout: PositionLayout; readonly width: number } | null = null;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    choice: PlaceChoice,
  ) {
    this.orders = LAYOUTS.map((layout) => orderOf(layout, t));
    this.dimension = element('input', {
      attributes: { type: 'number', min: 0, step: 1, id: 'formula-dimension' },
      on: {
        change: () => {
          if (this.shown === null || !this.dimension.reportValidity()) return;
          const { layout, width } = this.shown;
          choice.choose(pairAt(this.dimension.valueAsNumber, width, layout));
        },
      },
    });
    this.twin = new TwinTable(t('Both orders as a table'));
    this.root = card(
      t('Formula'),
      'wide',
      element('div', { class: 'orders' }, ...this.orders.map(({ root }) => root)),
      element(
        'div',
        { class: 'filled-head' },
        element('label', { attributes: { for: 'formula-dimension' } }, t('Dimension')),
        this.dimension,
        this.stored,
      ),
      this.filled,
      this.base,
      this.twin.root,
    );
  }

  update(sight: PairSight, waves: Waves, position: number, layout: PositionLayout): void {
    const { place, limits, view } = sight;
    const { pairs } = limits;
    this.shown = { layout, width: 2 * pairs };
    const dimension = dimensionsOf(place.pair, 2 * pairs, layout)[place.second ? 1 : 0];
    setAttribute(this.dimension, 'max', 2 * pairs - 1);
    if (document.activeElement !== this.dimension || this.dimension.valueAsNumber !== dimension)
      this.dimension.value = String(dimension);
    const key = JSON.stringify([view.snapshot.trace, sight.side, position, layout]);
    this.twin.update(key, () => this.rows(sight, waves), place.pair);
    const wanted = JSON.stringify([key, place, view.theme.kind]);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    for (const order of this.orders) {
      show(order.own, order.layout === layout);
      drawStrip(order, waves, pairs, view.theme);
    }
    this.fill(sight, waves, position, dimension);
  }

  private fill(
    { place, limits }: PairSight,
    waves: Waves,
    position: number,
    dimension: number,
  ): void {
    const { t } = this;
    const { pair, second } = place;
    const of = (tensor: Waves['angles']): number => numbersOf(tensor)[pair] ?? Number.NaN;
    const wave = second ? 'cos' : 'sin';
    const angle = of(waves.angles);
    const value = of(second ? waves.cosines : waves.sines);
    const width = 2 * limits.pairs;
    const power = sup(
      number('10000'),
      row(number(String(2 * pair)), operator('/'), number(String(width))),
    );
    const said = t(
      'PE of position {position}, dimension {dimension} = {wave} of {angle} = {value}',
      {
        position,
        dimension,
        wave,
        angle: fourDecimals(angle),
        value: fourDecimals(value),
      },
    );
    const waveOf = (inside: Term): Term => apply(named(wave), inside);
    this.filled.replaceChildren(
      math(
        said,
        equations(
          [
            applyTo(named('PE'), number(String(position)), number(String(dimension))),
            waveOf(fraction(number(String(position)), power)),
          ],
          [row(), waveOf(signedNumber(angle))],
          [row(), signedNumber(value)],
        ),
      ),
    );
    const { stored } = waves;
    const own = stored === null ? Number.NaN : of(second ? stored.cosines : stored.sines);
    setText(
      this.stored,
      t('In the model’s table: {value} (off by {difference})', {
        value: fourDecimals(own),
        difference: smallNumber(Math.abs(own - value)),
      }),
    );
    const frequencies = numbersOf(waves.frequencies);
    setText(
      this.base,
      t(
        'What 10000 does: from pair to pair the angle grows more slowly, down to almost 1 ÷ 10000 of a radian a position. A turn takes {fast} positions in pair 0 and {slow} in the last: no text comes around.',
        {
          fast: wavelengthWords(frequencies[0] ?? 1),
          slow: wavelengthWords(frequencies.at(-1) ?? 1),
        },
      ),
    );
  }

  private rows({ limits }: PairSight, waves: Waves) {
    const { t } = this;
    const { sines, cosines } = waves.stored ?? waves;
    const [sine, cosine] = [numbersOf(sines), numbersOf(cosines)];
    const places = (pair: number, layout: PositionLayout): string =>
      dimensionsOf(pair, 2 * limits.pairs, layout).join(', ');
    return {
      columns: [
        { name: t('Pair'), kind: 'header' as const },
        { name: 'sin', kind: 'number' as const },
        { name: 'cos', kind: 'number' as const },
        { name: t('Dimensions in the paper'), kind: 'text' as const },
        { name: t('Dimensions in Marian'), kind: 'text' as const },
      ],
      rows: [...sine].map((value, pair) => ({
        cells: [
          String(pair),
          fourDecimals(value),
          fourDecimals(cosine[pair] ?? Number.NaN),
          places(pair, 'interleaved'),
          places(pair, 'halves'),
        ],
      })),
    };
  }
}

function orderOf(layout: PositionLayout, t: Translate): Order {
  const name =
    layout === 'interleaved' ? t('As in the paper: even sin, odd cos') : t('As in Marian: halves');
  const own = element('span', { class: 'own-order' }, t('this model'));
  const strip = element('canvas', {
    class: 'order-strip',
    attributes: { role: 'img', 'aria-label': t('The position’s values in this order') },
  });
  const root = element(
    'div',
    { class: 'order' },
    element('p', { class: 'order-name' }, name, ' ', own),
    formula(layout === 'interleaved' ? 'positionPair' : 'positionHalves', t),
    strip,
  );
  return { layout, root, own, strip };
}

/** One pixel a dimension; the same numbers in either order. */
function drawStrip({ layout, strip }: Order, waves: Waves, pairs: number, theme: Theme): void {
  const values = new Float32Array(2 * pairs);
  const { sines, cosines } = waves.stored ?? waves;
  const [sine, cosine] = [numbersOf(sines), numbersOf(cosines)];
  for (let pair = 0; pair < pairs; pair++) {
    const [first, second] = dimensionsOf(pair, 2 * pairs, layout);
    values[first] = sine[pair] ?? 0;
    values[second] = cosine[pair] ?? 0;
  }
  const raster = rasterOfSigned(values, values.length, WAVE_LIMIT, theme.signed);
  strip.width = raster.width;
  strip.height = raster.height;
  contextOf(strip).putImageData(new ImageData(raster.rgba, raster.width, raster.height), 0, 0);
}
