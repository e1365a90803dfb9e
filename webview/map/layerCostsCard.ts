/** The paper's Table 1 for this text and model, with its sizes to play with. */
import type { Translate } from '../../src/language/translate';
import { halfReading } from '../../src/protocol/stacks';
import { card, chartRoom } from '../parts/card';
import { DataTable } from '../parts/dataTable';
import { element, setAttribute, setText } from '../parts/element';
import { LINE_DASHES, LineChart, type Series } from '../parts/lineChart';
import { crossing, layerCosts, layerKinds, type LayerKind, type LayerSizes } from './layerCosts';
import type { MapSight } from './mapSight';
import { legendEntry } from './legendEntry';
import { numberField } from './numberField';

/** The paper's own convolutions have no width; 3 is what most others take. */
const FIRST_KERNEL = 3;
/** A neighbourhood that most sentences are longer than. */
const FIRST_NEIGHBOURHOOD = 8;
/** Wider kernels and neighbourhoods than any text here is long say nothing more. */
const LARGEST = 4096;
const POINTS = 80;
const MILLION = 1e6;
const HERE_DASH = [2, 3];

export class LayerCostsCard {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly table: DataTable;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly legend = element('div', { class: 'chart-legend' });
  private readonly note = element('p', { class: 'hint' });
  private kernel = FIRST_KERNEL;
  private neighbourhood = FIRST_NEIGHBOURHOOD;
  private sight: MapSight | null = null;
  private drawn = '';

  constructor(private readonly t: Translate) {
    const again = (): void => {
      if (this.sight !== null) this.update(this.sight);
    };
    const kernel = numberField(t('Kernel width k'), FIRST_KERNEL, LARGEST, (value) => {
      this.kernel = value;
      again();
    });
    const neighbourhood = numberField(
      t('Neighbourhood r'),
      FIRST_NEIGHBOURHOOD,
      LARGEST,
      (value) => {
        this.neighbourhood = value;
        again();
      },
    );
    this.table = new DataTable(t('Costs of a layer'));
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.root = card(
      t('Self-attention, recurrent, convolutional'),
      'wide',
      this.words,
      element('div', { class: 'map-fields' }, kernel, neighbourhood),
      element(
        'div',
        {
          class: 'map-scroll',
          attributes: { role: 'region', tabindex: 0, 'aria-label': t('Costs of a layer') },
        },
        this.table.root,
      ),
      element(
        'p',
        { class: 'hint' },
        t(
          'Convolutions join two positions after log_k n layers if their kernels are dilated, after n ÷ k if not.',
        ),
      ),
      room,
      this.legend,
      this.note,
    );
  }

  update(sight: MapSight): void {
    this.sight = sight;
    const { t, kernel, neighbourhood } = this;
    const { model, token, whole } = sight;
    const half = token?.half ?? halfReading(model.architecture, 'source');
    const sizes = {
      n: Math.max(1, sight.tokens[half]),
      d: model.dModel,
      k: kernel,
      r: neighbourhood,
    };
    const { theme } = sight.view;
    const key = JSON.stringify([sizes, theme.lines, sight.view.locale]);
    if (key === this.drawn) return;
    this.drawn = key;
    setText(
      this.words,
      t(
        'Table 1 of the paper for this text (n = {n}) and this model (d = {d}): arithmetic on its orders of growth, without constant factors. Nothing here is measured.',
        { n: whole(sizes.n), d: whole(sizes.d) },
      ),
    );
    this.tell(sizes, sight);
    this.draw(sizes, sight);
  }

  private tell(sizes: LayerSizes, sight: MapSight): void {
    const { t } = this;
    const { whole, view } = sight;
    const steps = (value: number): string =>
      Number.isFinite(value) ? whole(Math.round(value * 10) / 10) : '∞';
    this.table.update(JSON.stringify([sizes, view.theme.lines]), () => ({
      columns: [
        { name: t('Layer'), kind: 'header' },
        { name: t('Operations'), kind: 'number' },
        {
          name: t('Sequential'),
          kind: 'number',
          title: t('Operations that must wait for each other'),
        },
        {
          name: t('Longest path'),
          kind: 'number',
          title: t('Layers between two positions that are farthest apart'),
        },
      ],
      rows: layerKinds.flatMap((kind) => {
        const { operations, sequential, path, contiguousPath } = layerCosts(kind, sizes);
        const cost = `${OPERATIONS[kind]} = ${whole(operations)}`;
        const waits = kind === 'recurrent' ? `n = ${whole(sequential)}` : whole(sequential);
        return [
          { cells: [this.name(kind), cost, waits, `${PATHS[kind]}${steps(path)}`] },
          ...(contiguousPath === null
            ? []
            : [{ cells: [t('… not dilated'), cost, waits, `n ÷ k = ${steps(contiguousPath)}`] }]),
        ];
      }),
    }));
  }

  private draw(sizes: LayerSizes, { view, whole }: MapSight): void {
    const { t } = this;
    const { theme } = view;
    const meet = crossing(sizes);
    const end = Math.ceil(1.25 * Math.max(meet, sizes.n));
    const cost = (kind: LayerKind, n: number): number =>
      layerCosts(kind, { ...sizes, n }).operations / MILLION;
    // Convolutions cost k times what recurrence does: the picture ends where the others can be told apart.
    const top = 1.15 * Math.max(cost('selfAttention', end), cost('recurrent', end));
    const colour = (i: number): string => theme.lines[i] ?? theme.foreground;
    const curves = layerKinds.map((kind, i): Series => ({
      name: this.name(kind),
      colour: colour(i),
      dash: LINE_DASHES[i] ?? [],
      points: Array.from({ length: POINTS + 1 }, (_, at) => {
        const x = (end * at) / POINTS;
        return { x, y: cost(kind, x) };
      }),
    }));
    const upright = (name: string, x: number, dash: readonly number[]): Series => ({
      name,
      colour: theme.muted,
      dash,
      width: 1,
      points: [
        { x, y: 0 },
        { x, y: top },
      ],
    });
    const here = t('this text, n = {n}', { n: whole(sizes.n) });
    const there = t('n = d = {d}', { d: whole(meet) });
    this.legend.replaceChildren(
      ...curves.map(({ name, colour, dash }) => legendEntry(name, colour, dash)),
      legendEntry(here, theme.muted, HERE_DASH),
      legendEntry(there, theme.muted, []),
    );
    setAttribute(
      this.canvas,
      'aria-label',
      t(
        'Operations of a layer by the number of positions; self-attention and recurrence cross at n = {d}. The table has the numbers for this text.',
        { d: whole(meet) },
      ),
    );
    setText(
      this.note,
      sizes.n < meet
        ? t(
            'At n = {n} the text is shorter than the vectors are wide (d = {d}): self-attention takes fewer operations than a recurrent layer. Beyond n = d, the upright line, it takes more.',
            { n: whole(sizes.n), d: whole(meet) },
          )
        : t(
            'At n = {n} the text is longer than the vectors are wide (d = {d}): self-attention takes more operations than a recurrent layer, but none waits for another.',
            { n: whole(sizes.n), d: whole(meet) },
          ),
    );
    this.chart.draw(
      [...curves, upright(here, sizes.n, HERE_DASH), upright(there, meet, [])],
      {
        x: t('positions n'),
        y: t('million operations'),
        xRange: [0, end],
        yRange: [0, top],
        decimals: 2,
        describeX: (x) => `n = ${whole(Math.round(x))}`,
        nearest: true,
      },
      theme,
    );
  }

  private name(kind: LayerKind): string {
    const { t } = this;
    switch (kind) {
      case 'selfAttention':
        return t('Self-attention');
      case 'recurrent':
        return t('Recurrent');
      case 'convolutional':
        return t('Convolutional');
      case 'restricted':
        return t('Self-attention (restricted)');
    }
  }
}

const OPERATIONS: Readonly<Record<LayerKind, string>> = {
  selfAttention: 'n²·d',
  recurrent: 'n·d²',
  convolutional: 'k·n·d²',
  restricted: 'r·n·d',
};
const PATHS: Readonly<Record<LayerKind, string>> = {
  selfAttention: '',
  recurrent: 'n = ',
  convolutional: 'log_k n = ',
  restricted: 'n ÷ r = ',
};
