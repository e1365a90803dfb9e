/** The residual stream of the chosen token: length and direction from place to place, and what a residual switched off does. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Change } from '../../src/protocol/change';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { Latest } from '../inspector/latest';
import type { Commands } from '../inspector/view';
import { card, chartRoom } from '../parts/card';
import type { Column } from '../parts/dataTable';
import { element, setAttribute, setText, show } from '../parts/element';
import { LineChart } from '../parts/lineChart';
import { StudyState } from '../parts/studyState';
import { TwinTable } from '../parts/twinTable';
import type { SubLayer } from './boxes';
import { halfName } from './boxWords';
import { legendEntry } from './legendEntry';
import type { MapSight, PathToken } from './mapSight';
import { placeName } from './streamPlaceNames';
import { directionSeries, lengthSeries, type StreamCurve } from './streamSeries';

type Cut = Extract<Change, { kind: 'residualCut' }>;

export class StreamCard {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly choice: HTMLSelectElement;
  private readonly toWhatIf: HTMLButtonElement;
  private readonly lengths = chartRoom();
  private readonly directions = chartRoom();
  private readonly lengthChart = new LineChart(this.lengths.canvas);
  private readonly directionChart = new LineChart(this.directions.canvas);
  private readonly lengthLegend = element('div', { class: 'chart-legend' });
  private readonly directionLegend = element('div', { class: 'chart-legend' });
  private readonly twin: TwinTable;
  private readonly study: Latest<'stream'>;
  private readonly state: StudyState;
  private readonly content: HTMLElement;
  private cut: Cut | null = null;
  private trace: string | null = null;
  private sight: MapSight | null = null;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const again = (): void => {
      if (this.sight !== null) this.update(this.sight);
    };
    this.study = new Latest<'stream'>(
      (question, signal, progress) => commands.ask('stream', question, signal, progress),
      again,
    );
    this.state = new StudyState(t, this.study);
    this.choice = element('select', {
      on: {
        change: () => {
          this.cut = this.choice.value === '' ? null : this.cutNamed(this.choice.value);
          again();
        },
      },
    });
    this.toWhatIf = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button' },
        on: {
          click: () => {
            if (this.cut !== null) commands.navigate({ view: 'whatIf', whatIf: this.cut });
          },
        },
      },
      t('Open {view}', { view: t('What if') }),
    );
    this.twin = new TwinTable(t('The stream as a table'));
    this.content = element(
      'div',
      {},
      this.lengths.room,
      this.lengthLegend,
      this.directions.room,
      this.directionLegend,
      this.twin.root,
    );
    this.root = card(
      t('Residual stream'),
      '',
      this.words,
      element(
        'div',
        { class: 'map-fields' },
        element('label', { class: 'check' }, t('Residual switched off'), this.choice),
        this.toWhatIf,
      ),
      this.state.root,
      this.content,
    );
  }

  /** Switches a residual off, from its box. */
  switchOff(half: Cut['stack'], layer: number, subLayer: SubLayer): void {
    this.cut = { kind: 'residualCut', stack: half, layer, subLayer };
    if (this.sight !== null) this.update(this.sight);
    this.choice.focus();
    this.root.scrollIntoView({ block: 'nearest' });
  }

  update(sight: MapSight): void {
    this.sight = sight;
    const { t } = this;
    const { token, view, model } = sight;
    const { snapshot } = view;
    if (this.trace !== snapshot.trace) {
      this.trace = snapshot.trace;
      this.study.reset();
    }
    if (token === null || !token.read) {
      this.study.want(null);
      setText(this.words, t('Choose a token that the model has read to see its way.'));
      show(this.content, false);
      this.state.update();
      return;
    }
    if (this.cut !== null && !this.exists(this.cut, sight)) this.cut = null;
    this.fillChoice(sight, token);
    this.study.want({ half: token.half, token: token.index, change: this.cut });
    this.state.update();
    setText(this.words, this.explained(sight, token));
    show(this.toWhatIf, this.cut !== null);
    const { answer, answered, fresh } = this.study.known;
    show(this.content, answer !== null);
    this.content.classList.toggle('stale', !fresh);
    if (answer !== null && answered !== null)
      this.draw(sight, answer, JSON.stringify([snapshot.trace, answered, model.name]));
  }

  private explained({ model }: MapSight, token: PathToken): string {
    const { t } = this;
    const post =
      model.normPlacement === 'post'
        ? t(
            'Here each sum is normalised at once: the length after a norm is nearly what its gain makes it, whatever was added. Look at the thin line before the norm, and at the directions.',
          )
        : t(
            'Here nothing ever normalises the stream: what sub-layers add piles up, and its length usually grows.',
          );
    return `${t('How the vector of “{token}” goes through the {half}.', {
      token: token.label,
      half: halfName(token.half, t),
    })} ${post}`;
  }

  private exists({ stack, layer, subLayer }: Cut, { model, structure }: MapSight): boolean {
    if (structure[stack] === null || layer >= model.layers[stack]) return false;
    return subLayer !== 'cross' || (stack === 'decoder' && structure.encoder !== null);
  }

  private cutNamed(name: string): Cut | null {
    const [stack, layer, subLayer] = name.split('/');
    if (stack !== 'encoder' && stack !== 'decoder') return null;
    if (subLayer !== 'attention' && subLayer !== 'cross' && subLayer !== 'feedForward') return null;
    return { kind: 'residualCut', stack, layer: Number(layer), subLayer };
  }

  /** An output token's way also changes with the encoder's; a source token's only with its own. */
  private fillChoice({ model, structure }: MapSight, token: PathToken): void {
    const { t, choice } = this;
    const halves =
      token.half === 'decoder' && structure.encoder !== null
        ? (['decoder', 'encoder'] as const)
        : [token.half];
    const options = halves.flatMap((half) =>
      Array.from({ length: model.layers[half] }, (_, layer) => {
        const names: readonly SubLayer[] =
          model.normPlacement === 'parallel'
            ? ['feedForward']
            : half === 'decoder' && structure.encoder !== null
              ? ['attention', 'cross', 'feedForward']
              : ['attention', 'feedForward'];
        return names.map((name) => {
          const place = placeName({ layer, after: name }, model, t);
          return [
            `${half}/${layer}/${name}`,
            halves.length > 1 ? `${halfName(half, t)}, ${place}` : place,
          ] as const;
        });
      }).flat(),
    );
    const all = [['', t('none')] as const, ...options];
    const key = JSON.stringify(all);
    if (choice.dataset['options'] !== key) {
      choice.dataset['options'] = key;
      choice.replaceChildren(
        ...all.map(([value, words]) => element('option', { attributes: { value } }, words)),
      );
    }
    const { cut } = this;
    const wanted = cut === null ? '' : `${cut.stack}/${cut.layer}/${cut.subLayer}`;
    if (choice.value !== wanted) choice.value = wanted;
  }

  private draw(sight: MapSight, answer: Answer<'stream'>, key: string): void {
    const { t } = this;
    const { theme } = sight.view;
    const names = answer.places.map((place) => placeName(place, sight.model, t));
    const lengths = lengthSeries(answer, theme, t);
    const directions = directionSeries(answer, theme, t);
    this.twin.update(key, () => ({
      columns: [
        { name: t('Place'), kind: 'header' },
        ...[...lengths, ...directions].map(({ name }): Column => ({ name, kind: 'number' })),
      ],
      rows: names.map((name, place) => ({
        cells: [
          name,
          ...[...lengths, ...directions].map(({ values }) => fourDecimals(values[place] ?? NaN)),
        ],
      })),
    }));
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const axes = {
      x: t('place in the stack'),
      xRange: [0, names.length - 1] as const,
      decimals: 4,
      describeX: (x: number) => names[x] ?? '',
    };
    const last = numbersOf(answer.asTrained.norms).at(-1) ?? 0;
    setAttribute(
      this.lengths.canvas,
      'aria-label',
      t('Length of the vector at {count} places, {first} to {last}; the table has every value.', {
        count: names.length,
        first: fourDecimals(numbersOf(answer.asTrained.norms)[0] ?? 0),
        last: fourDecimals(last),
      }),
    );
    setAttribute(
      this.directions.canvas,
      'aria-label',
      t(
        'Cosines of the vector with the place before and with the last, at {count} places; the table has every value.',
        {
          count: names.length,
        },
      ),
    );
    const points = ({ values, ...look }: StreamCurve) => ({
      ...look,
      points: [...values].map((y, x) => ({ x, y })),
    });
    this.lengthChart.draw(lengths.map(points), { ...axes, y: '‖x‖', yRange: null }, theme);
    this.directionChart.draw(
      directions.map(points),
      { ...axes, y: t('cosine'), yRange: [lowestTenth(directions), 1] },
      theme,
    );
    for (const [legend, series] of [
      [this.lengthLegend, lengths],
      [this.directionLegend, directions],
    ] as const)
      legend.replaceChildren(
        ...series.map(({ name, colour, dash }) => legendEntry(name, colour, dash)),
      );
  }
}

/** Where an axis of cosines begins: the tenth below all of them. */
const lowestTenth = (curves: readonly StreamCurve[]): number =>
  Math.max(-1, Math.floor(10 * Math.min(...curves.flatMap(({ values }) => [...values]))) / 10);
