/** Chosen dimensions of sinusoidal encodings as curves over the positions. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { setAttribute } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import type { AddedSight } from './addedPositions';
import { card, chartRoom } from '../parts/card';
import { describeDimension, firstDimensions, type PositionLayout } from './dimensions';
import { LINE_DASHES, LineChart, type Series } from '../parts/lineChart';
import { SeriesPicker } from './seriesPicker';

export class WaveCurves {
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
    this.picker = new SeriesPicker(
      { input: t('Dimension to add'), add: t('Add dimension') },
      changed,
    );
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('The curves as a table'));
    this.root = card(t('Sinusoids'), '', room, this.picker.root, this.twin.root);
  }

  update({ view, side, table, labels }: AddedSight, layout: PositionLayout): void {
    const { t } = this;
    const { theme, snapshot } = view;
    const { width, count } = table;
    const name = (dimension: number): string =>
      t('dim {dimension} {wave}', {
        dimension,
        wave: describeDimension(dimension, width, layout).wave,
      });
    this.picker.update(
      {
        count: width,
        first: firstDimensions(width, layout),
        key: `${width}/${layout}`,
        name,
        title: (dimension) => {
          const { wave, wavelength } = describeDimension(dimension, width, layout);
          return t(
            'Dimension {dimension}: {wave}, repeats after {wavelength} positions. Click to remove.',
            { dimension, wave, wavelength: wavelength.toPrecision(3) },
          );
        },
      },
      theme,
    );
    const { chosen } = this.picker;
    const key = JSON.stringify([snapshot.trace, side, count, chosen]);
    const valueAt = (position: number, dimension: number): number =>
      table.row(position)?.[dimension] ?? Number.NaN;
    this.twin.update(key, () => ({
      columns: [
        { name: t('Position'), kind: 'position' },
        { name: t('Token'), kind: 'header' },
        ...chosen.map((dimension, i) => ({
          name: name(dimension),
          kind: 'number' as const,
          ...(theme.lines[i] === undefined ? {} : { colour: theme.lines[i] }),
        })),
      ],
      rows: Array.from({ length: count }, (_, position) => ({
        cells: [
          String(position),
          labels[position] ?? '',
          ...chosen.map((dimension) => fourDecimals(valueAt(position, dimension))),
        ],
      })),
    }));
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setAttribute(
      this.canvas,
      'aria-label',
      t('Curves of dimensions {dimensions} over {count} positions; the table has every value.', {
        dimensions: chosen.join(', '),
        count,
      }),
    );
    const series = chosen.map((dimension, i): Series => ({
      name: name(dimension),
      colour: theme.lines[i] ?? theme.foreground,
      dash: LINE_DASHES[i] ?? [],
      points: Array.from({ length: count }, (_, x) => ({ x, y: valueAt(x, dimension) })),
    }));
    this.chart.draw(
      series,
      {
        x: t('position'),
        y: t('value'),
        xRange: [0, Math.max(1, count - 1)],
        yRange: [-1, 1],
        yStep: 0.5,
        decimals: 4,
        describeX: (x) => `${x} “${labels[x] ?? ''}”`,
      },
      theme,
    );
  }
}
