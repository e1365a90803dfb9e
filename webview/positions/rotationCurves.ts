/** cos(distance · θ) of chosen pairs of dimensions as curves. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { setAttribute } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { card, chartRoom } from '../parts/card';
import { LINE_DASHES, LineChart, type Series } from '../parts/lineChart';
import { dimensionsOfPair, firstPairs, pairCount, wavelengthWords } from './rotaryPairs';
import type { RotarySight } from './rotaryPositions';
import { SeriesPicker } from './seriesPicker';

export class RotationCurves {
  readonly root: HTMLElement;
  private readonly picker: SeriesPicker;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly twin: TwinTable;
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = '';

  constructor(
    private readonly t: Translate,
    changed: () => void,
  ) {
    this.picker = new SeriesPicker({ input: t('Pair to add'), add: t('Add pair') }, changed);
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('The curves as a table'));
    this.root = card(t('Rotation by distance'), '', room, this.picker.root, this.twin.root);
  }

  get pairs(): readonly number[] {
    return this.picker.chosen;
  }

  update({ view, rotary, rotation, key: sight }: RotarySight): void {
    const { t } = this;
    const { theme } = view;
    const { count } = rotation;
    const name = (pair: number): string => t('pair {pair}', { pair });
    this.picker.update(
      {
        count: pairCount(rotary),
        first: firstPairs(rotary),
        key: `${JSON.stringify(rotary)} ${view.snapshot.trace}`,
        name,
        title: (pair) => {
          const [first, second] = dimensionsOfPair(rotary, pair);
          return t(
            'Pair {pair}: dimensions {first} and {second}, once around in {wavelength} positions. Click to remove.',
            {
              pair,
              first,
              second,
              wavelength: wavelengthWords(rotation.frequencies[pair] ?? 0),
            },
          );
        },
      },
      theme,
    );
    const chosen = this.pairs;
    const key = `${sight}/${chosen.join()}`;
    this.twin.update(key, () => ({
      columns: [
        { name: t('Distance'), kind: 'header' },
        ...chosen.map((pair, i) => ({
          name: name(pair),
          kind: 'number' as const,
          ...(theme.lines[i] === undefined ? {} : { colour: theme.lines[i] }),
        })),
      ],
      rows: Array.from({ length: count }, (_, k) => ({
        cells: [String(k), ...chosen.map((pair) => fourDecimals(rotation.cosine(k, pair)))],
      })),
    }));
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setAttribute(
      this.canvas,
      'aria-label',
      t('Cosines of pairs {pairs} over {count} distances; the table has every value.', {
        pairs: chosen.join(', '),
        count,
      }),
    );
    const series = chosen.map((pair, i): Series => ({
      name: name(pair),
      colour: theme.lines[i] ?? theme.foreground,
      dash: LINE_DASHES[i] ?? [],
      points: Array.from({ length: count }, (_, x) => ({ x, y: rotation.cosine(x, pair) })),
    }));
    this.chart.draw(
      series,
      {
        x: t('distance in positions'),
        y: 'cos(k · θ)',
        xRange: [0, Math.max(1, count - 1)],
        yRange: [-1, 1],
        yStep: 0.5,
        decimals: 4,
        describeX: (x) => `k = ${x}`,
      },
      theme,
    );
  }
}
