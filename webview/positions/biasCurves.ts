/** Bias by distance, a line a head; the chosen head stands out. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, nineDigits } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import { swatchOf } from '../parts/dataTable';
import { element, setAttribute } from '../parts/element';
import { biasAt, type BiasSight } from './biasSight';
import { card, chartRoom } from '../parts/card';
import { LineChart, type Series } from '../parts/lineChart';

const CHOSEN_WIDTH = 2.5;
const OTHER_WIDTH = 1;

export class BiasCurves {
  readonly root: HTMLElement;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly legend = element('p', { class: 'chart-legend' });
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn = '';

  constructor(private readonly t: Translate) {
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.root = card(t('Bias by distance'), '', room, this.legend);
  }

  update(sight: BiasSight): void {
    const { t } = this;
    const { view, head, heads, distances, answer, key } = sight;
    const { theme } = view;
    const wanted = `${key}/${head}/${theme.lines.join()}/${theme.muted}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const slope = answer.slopes === null ? null : numbersOf(answer.slopes)[head];
    const own = theme.lines[0] ?? theme.foreground;
    this.legend.replaceChildren(
      swatchOf(own),
      slope == null
        ? t('head {head}', { head })
        : t('head {head}: −{slope} · distance', { head, slope: nineDigits(slope) }),
      swatchOf(theme.muted),
      t('the other heads'),
    );
    setAttribute(
      this.canvas,
      'aria-label',
      t('Bias of {heads} heads by distance; head {head}: {first} at {from}, {last} at {to}.', {
        heads,
        head,
        first: fourDecimals(biasAt(sight, head, answer.first)),
        from: answer.first,
        last: fourDecimals(biasAt(sight, head, answer.first + distances - 1)),
        to: answer.first + distances - 1,
      }),
    );
    // The chart draws the first on top.
    const order = [head, ...Array.from({ length: heads }, (_, i) => i).filter((i) => i !== head)];
    const series = order.map((one): Series => ({
      name: t('head {head}', { head: one }),
      colour: one === head ? own : theme.muted,
      dash: [],
      width: one === head ? CHOSEN_WIDTH : OTHER_WIDTH,
      points: Array.from({ length: distances }, (_, i) => ({
        x: answer.first + i,
        y: biasAt(sight, one, answer.first + i),
      })),
    }));
    this.chart.draw(
      series,
      {
        x: t('key − query in positions'),
        y: t('bias'),
        xRange: [answer.first, Math.max(answer.first + 1, answer.first + distances - 1)],
        yRange: null,
        decimals: 4,
        describeX: (x) => `k = ${x}`,
        nearest: true,
      },
      theme,
    );
  }
}
