/** A small line chart over chart.js, of which only the parts used here are registered. */
import {
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js';
import type { Theme } from './theme';

Chart.register(LineController, LineElement, PointElement, LinearScale, Tooltip, Legend);

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly dash: readonly number[];
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** In pixels; left out: as charts of a few lines have it. */
  readonly width?: number;
  /** Measured on the right: see `Axes.right`. */
  readonly axis?: 'right';
}

/** Dashes tell lines apart where colours do not. */
export const LINE_DASHES: readonly (readonly number[])[] = [
  [],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [1, 3],
  [10, 4],
];

export interface Axes {
  readonly x: string;
  readonly y: string;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number] | null;
  /** From one line of the grid to the next; left out: as the chart likes it. */
  readonly yStep?: number;
  /** Name of a second axis, for lines in another unit. */
  readonly right?: string;
  readonly decimals: number;
  /** Words for a point. */
  readonly describeX: (x: number) => string;
  /** Of many lines only the nearest tells its number; else all do. */
  readonly nearest?: boolean;
}

const FONT_SIZE = 11;
const LINE_WIDTH = 1.5;

function configuration(
  series: readonly Series[],
  axes: Axes,
  theme: Theme,
): ChartConfiguration<'line'> {
  const font = { family: theme.font, size: FONT_SIZE };
  const axis = (title: string) => ({
    type: 'linear' as const,
    title: { display: true, text: title, color: theme.muted, font },
    ticks: { color: theme.muted, font, maxRotation: 0 },
    grid: { color: theme.line, tickLength: 4 },
    border: { color: theme.line },
  });
  const x = axis(axes.x);
  const y = axis(axes.y);
  return {
    type: 'line',
    data: {
      datasets: series.map(({ name, colour, dash, points, width = LINE_WIDTH, axis: side }) => ({
        label: name,
        yAxisID: side ?? 'y',
        data: points.map((point) => ({ x: point.x, y: point.y })),
        borderColor: colour,
        backgroundColor: colour,
        borderWidth: width,
        borderDash: [...dash],
        pointRadius: 0,
        pointHoverRadius: 4,
        pointHitRadius: 8,
      })),
    },
    options: {
      // Nothing moves unless something changed: charts appear as they are.
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      parsing: false,
      interaction:
        axes.nearest === true
          ? { mode: 'nearest', axis: 'xy', intersect: false }
          : { mode: 'index', intersect: false },
      scales: {
        x: {
          ...x,
          // Positions and distances are whole.
          ticks: { ...x.ticks, precision: 0 },
          min: axes.xRange[0],
          max: axes.xRange[1],
        },
        y:
          axes.yRange === null
            ? { ...y, grace: '5%' }
            : {
                ...y,
                ...(axes.yStep === undefined
                  ? {}
                  : { ticks: { ...y.ticks, stepSize: axes.yStep } }),
                min: axes.yRange[0],
                max: axes.yRange[1],
              },
        ...(axes.right === undefined
          ? {}
          : {
              right: {
                ...axis(axes.right),
                position: 'right' as const,
                grace: '5%',
                grid: { drawOnChartArea: false },
              },
            }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          backgroundColor: theme.background,
          titleColor: theme.foreground,
          bodyColor: theme.foreground,
          borderColor: theme.line,
          borderWidth: 1,
          titleFont: font,
          bodyFont: font,
          callbacks: {
            title: ([item]) => (item?.parsed.x == null ? '' : axes.describeX(item.parsed.x)),
            label: ({ dataset, parsed }) =>
              `${dataset.label ?? ''}: ${(parsed.y ?? 0).toFixed(axes.decimals)}`,
          },
        },
      },
    },
  };
}

export class LineChart {
  private chart: Chart<'line'> | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** What lies under a place of the canvas; null: nothing is drawn yet. */
  xAt(pixel: number): number | null {
    return this.chart?.scales['x']?.getValueForPixel(pixel) ?? null;
  }

  draw(series: readonly Series[], axes: Axes, theme: Theme): void {
    const { data, options } = configuration(series, axes, theme);
    if (this.chart === null) {
      this.chart = new Chart(this.canvas, {
        type: 'line',
        data,
        ...(options === undefined ? {} : { options }),
      });
      return;
    }
    this.chart.data = data;
    if (options !== undefined) this.chart.options = options;
    this.chart.update('none');
  }
}
