/** The probability of each token to begin, and to end, the answer: curves and table. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import { chosenToken, entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { card, chartRoom } from '../parts/card';
import { swatchOf } from '../parts/dataTable';
import { element, setAttribute } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { LINE_DASHES, LineChart } from '../parts/lineChart';
import { TwinTable } from '../parts/twinTable';
import type { PredictionOf } from './predictionPanel';

/** Room above the highest point, so that it does not touch the frame. */
const HEADROOM = 1.05;

export class SpanEnds {
  readonly root: HTMLElement;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly legend = element('p', { class: 'chart-legend' });
  private readonly twin: TwinTable;
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = '';

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('Beginning and end by token'));
    this.root = card(t('Where the answer begins and ends'), '', room, this.legend, this.twin.root);
  }

  update({ starts, ends }: PredictionOf<'answerSpan'>, view: View): void {
    const { t } = this;
    const { snapshot, theme, navigation } = view;
    const labels = labelsOf(tokensOf(snapshot, 'source'));
    const chosen = chosenToken(view);
    this.twin.update(
      `${snapshot.trace}/${navigation.unit}`,
      () => ({
        columns: [
          { name: t('Position'), kind: 'position' },
          { name: t('Token'), kind: 'header' },
          { name: t('Begins'), kind: 'bar' },
          { name: t('Ends'), kind: 'bar' },
        ],
        rows: starts.map((start, index) => {
          const end = ends[index] ?? Number.NaN;
          return {
            cells: [
              String(index),
              labels[index] ?? '',
              { text: fourDecimals(start), share: start },
              { text: fourDecimals(end), share: end },
            ],
            go: () => this.commands.choose(entryOfToken(view, { side: 'source', index }), true),
          };
        }),
      }),
      chosen?.side === 'source' ? chosen.index : null,
    );
    const wanted = `${snapshot.trace}/${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const lines = [
      { name: t('begins'), values: starts },
      { name: t('ends'), values: ends },
    ].map(({ name, values }, i) => ({
      name,
      colour: theme.lines[i] ?? theme.foreground,
      dash: LINE_DASHES[i] ?? [],
      points: values.map((y, x) => ({ x, y })),
    }));
    this.legend.replaceChildren(...lines.flatMap(({ name, colour }) => [swatchOf(colour), name]));
    setAttribute(
      this.canvas,
      'aria-label',
      t(
        'Probability of each of {count} tokens to begin and to end the answer; the table has every value.',
        {
          count: starts.length,
        },
      ),
    );
    this.chart.draw(
      lines,
      {
        x: t('position'),
        y: t('Probability'),
        xRange: [0, Math.max(1, starts.length - 1)],
        yRange: [0, HEADROOM * Math.max(...starts, ...ends)],
        decimals: 4,
        describeX: (x) => `${x} “${labels[x] ?? ''}”`,
      },
      theme,
    );
  }
}
