/** Milliseconds by step: as the run took them, and as they were measured with the cache and without. */
import type { Translate } from '../../../src/language/translate';
import type { CostAnswer } from './costWords';
import { chartRoom } from '../../parts/card';
import { swatchOf } from '../../parts/dataTable';
import { element, setAttribute } from '../../parts/element';
import { LINE_DASHES, LineChart, type Series } from '../../parts/lineChart';
import type { Theme } from '../../parts/theme';

/** The next number that is a whole number of halves of a power of ten: where an axis may end. */
function roundAbove(value: number): number {
  const half = 10 ** Math.floor(Math.log10(Math.max(value, 1e-3))) / 2;
  return Math.ceil(value / half) * half;
}

/** One chart of milliseconds by step, with its legend. */
class StepChart {
  readonly root: HTMLElement;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly legend = element('p', { class: 'chart-legend' });
  /** chart.js lays a chart out anew whenever it is told to draw. */
  private drawn: readonly unknown[] = [];

  constructor(
    private readonly t: Translate,
    title: string,
  ) {
    const { room, canvas } = chartRoom();
    room.classList.add('low');
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.root = element(
      'div',
      { class: 'cost-chart' },
      element('h4', { class: 'small-title' }, title),
      room,
      this.legend,
    );
  }

  /** @param from what the series are made of: drawn anew when it is another */
  update(
    name: string,
    theme: Theme,
    from: unknown,
    lines: () => readonly { readonly name: string; readonly points: Series['points'] }[],
  ): void {
    const wanted = [from, theme];
    if (wanted.every((one, i) => one === this.drawn[i])) return;
    this.drawn = wanted;
    const { t } = this;
    const series = lines().map(({ name: line, points }, i): Series => ({
      name: line,
      colour: theme.lines[i] ?? theme.foreground,
      dash: LINE_DASHES[i] ?? [],
      points,
    }));
    setAttribute(this.canvas, 'aria-label', name);
    this.legend.replaceChildren(...series.flatMap((line) => [swatchOf(line.colour), line.name]));
    const steps = series.flatMap(({ points }) => points.map(({ x }) => x));
    const first = Math.min(...steps);
    this.chart.draw(
      series,
      {
        x: t('step'),
        y: t('ms'),
        xRange: [first, Math.max(first + 1, ...steps)],
        yRange: [
          0,
          roundAbove(Math.max(...series.flatMap(({ points }) => points.map(({ y }) => y)))),
        ],
        decimals: 2,
        describeX: (x) => t('Step {step}', { step: x }),
      },
      theme,
    );
  }
}

export class CostCharts {
  readonly run: StepChart;
  readonly measured: StepChart;

  constructor(private readonly t: Translate) {
    this.run = new StepChart(t, t('Milliseconds of each step in the run'));
    this.measured = new StepChart(
      t,
      t('Milliseconds of each step, measured: the shortest of a few tries'),
    );
  }

  /** @param textBefore the text was read before the first step, which took nothing but a choice */
  updateRun(
    milliseconds: readonly number[],
    textBefore: boolean,
    from: unknown,
    theme: Theme,
  ): void {
    const { t } = this;
    this.run.update(
      t('Milliseconds of {count} steps in the run; the table has every number.', {
        count: milliseconds.length,
      }),
      theme,
      from,
      () => [
        {
          name: textBefore
            ? t('with all that the views are drawn from; the text was read before step 1')
            : t('with all that the views are drawn from'),
          points: milliseconds.map((y, step) => ({ x: step + 1, y })),
        },
      ],
    );
  }

  updateMeasured(answer: CostAnswer, theme: Theme): void {
    const { t } = this;
    const line = (of: 'cached' | 'uncached'): Series['points'] =>
      answer.steps.map((one) => ({ x: one.step + 1, y: one[of] }));
    this.measured.update(
      t('Milliseconds of {count} steps with the cache and without; the table has every number.', {
        count: answer.steps.length,
      }),
      theme,
      answer,
      () => [
        { name: t('with the cache'), points: line('cached') },
        { name: t('without'), points: line('uncached') },
      ],
    );
  }
}
