/** The mean of the cosines over all pairs, by distance: how rotation alone makes far tokens less alike. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { element, setAttribute } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { card, chartRoom } from '../parts/card';
import { LineChart } from '../parts/lineChart';
import type { RotarySight } from './rotaryPositions';

export class SimilarityCurve {
  readonly root: HTMLElement;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly twin: TwinTable;
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = '';

  constructor(private readonly t: Translate) {
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('The similarity as a table'));
    this.root = card(
      t('Similarity by distance'),
      '',
      room,
      element(
        'p',
        { class: 'hint' },
        t(
          'Mean of the cosines: what is left of q · k at this distance if all pairs are of one length and were alike at distance 0.',
        ),
      ),
      this.twin.root,
    );
  }

  update({ view, rotation, key }: RotarySight): void {
    const { t } = this;
    const { theme } = view;
    const { count } = rotation;
    const means = Array.from({ length: count }, (_, k) => rotation.similarity(k));
    this.twin.update(key, () => ({
      columns: [
        { name: t('Distance'), kind: 'header' },
        { name: t('Similarity'), kind: 'number' },
      ],
      rows: means.map((mean, k) => ({ cells: [String(k), fourDecimals(mean)] })),
    }));
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    setAttribute(
      this.canvas,
      'aria-label',
      t('Similarity over {count} distances: {first} at 0, {last} at {end}.', {
        count,
        first: fourDecimals(means[0] ?? Number.NaN),
        last: fourDecimals(means.at(-1) ?? Number.NaN),
        end: count - 1,
      }),
    );
    this.chart.draw(
      [
        {
          name: t('Similarity'),
          colour: theme.lines[0] ?? theme.foreground,
          dash: [],
          points: means.map((y, x) => ({ x, y })),
        },
      ],
      {
        x: t('distance in positions'),
        y: t('Similarity'),
        xRange: [0, Math.max(1, count - 1)],
        // Cosines end at 1: an axis that goes on above it would promise more.
        yRange: [Math.min(0.9, Math.floor(10 * Math.min(...means)) / 10), 1],
        decimals: 4,
        describeX: (x) => `k = ${x}`,
      },
      theme,
    );
  }
}
