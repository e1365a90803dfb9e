/** The head's matrix as trained beside the same matrix changed, in one scale; pointing marks both. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals, scaleEnd, shortName } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Change } from '../../src/protocol/change';
import type { Answer, Question } from '../../src/protocol/queries';
import { signedFourDecimals } from '../drawing/difference';
import { scaleOfBytes, topOf } from '../drawing/scaleTop';
import type { Cell } from '../drawing/viewport';
import { drawingOf, type Drawing } from '../inspector/axes';
import type { Known } from '../inspector/latest';
import { PointedMap } from '../inspector/pointedMap';
import type { Commands, View } from '../inspector/view';
import type { ColourScale } from '../../src/palette/weightScale';
import type { TableData } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { Legend, scaleNote } from '../parts/legend';
import { TwinTable } from '../parts/twinTable';
import { changedBadge } from './changedBadge';
import { ChangedRows } from './changedRows';
import type { Place } from './place';

type Which = 'asTrained' | 'changed';
const BOTH: readonly Which[] = ['asTrained', 'changed'];

/** What both maps are drawn from, made once for an answer and a scale. */
interface Drawn {
  readonly answer: Answer<'whatIfMatrix'>;
  readonly key: string;
  readonly top: number;
  readonly plots: Readonly<Record<Which, Drawing>>;
  readonly scales: Readonly<Record<Which, ColourScale>>;
}

export class ChangedMaps {
  readonly root: HTMLElement;
  private readonly maps: Readonly<Record<Which, PointedMap>>;
  private readonly names: Readonly<Record<Which, HTMLElement>>;
  private readonly legend = new Legend();
  private readonly pooling = element('p', { class: 'hint' });
  private readonly table: TwinTable;
  private readonly rows: ChangedRows;
  private drawn: Drawn | null = null;
  private themed: ColourScale | null = null;
  private version = 0;
  private view: View | null = null;
  private answered: Question<'whatIfMatrix'> | null = null;
  private place: Place | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.rows = new ChangedRows(commands.ask, () => {
      for (const which of BOTH) this.maps[which].redraw();
    });
    const map = (which: Which): PointedMap =>
      new PointedMap(`what-if-${which === 'changed' ? 'changed' : 'trained'}`, {
        describe: (cell) => this.describe(which, cell),
        choose: ({ row }) => this.choose(row),
        pointed: (cell) => this.maps[which === 'changed' ? 'asTrained' : 'changed'].mirror(cell),
      });
    this.maps = { asTrained: map('asTrained'), changed: map('changed') };
    this.names = { asTrained: element('span'), changed: element('span') };
    const figure = (which: Which, badge: HTMLElement | null): HTMLElement =>
      element(
        'figure',
        { class: `compared ${which}` },
        element('figcaption', { class: 'figure-head' }, this.names[which], badge),
        this.maps[which].root,
      );
    this.table = new TwinTable(t('The cells that moved most'));
    this.root = element(
      'div',
      {},
      element('div', { class: 'compared-legend' }, this.legend.root),
      this.pooling,
      element(
        'div',
        { class: 'changed-maps' },
        figure('asTrained', null),
        figure('changed', changedBadge(t)),
      ),
      this.table.root,
    );
  }

  update(known: Known<'whatIfMatrix'>, view: View, place: Place): void {
    const { answered, failure } = known;
    const answer = failure === null ? known.answer : null;
    show(this.root, answer !== null);
    this.view = view;
    this.place = place;
    if (answer === null || answered === null) {
      for (const which of BOTH) this.maps[which].show(null);
      this.drawn = null;
      return;
    }
    this.root.classList.toggle('stale', !known.fresh);
    const drawn = this.draw(answer, answered, view);
    const { t } = this;
    const name = shortName(answered, t);
    setText(this.names.asTrained, t('{name} as trained', { name }));
    setText(this.names.changed, name);
    this.legend.update(
      view.theme.looksAt,
      '0',
      scaleEnd(drawn.top),
      scaleNote(view.reader.colourScale, t('√ scale of both matrices'), t),
    );
    const { asTrained } = answer;
    show(this.pooling, drawn.plots.asTrained.pooled);
    setText(
      this.pooling,
      t(
        '{queries} × {keys} weights shown at {rows} × {columns} pixels: each pixel is the largest weight it covers.',
        {
          queries: asTrained.queries,
          keys: asTrained.keys,
          rows: asTrained.rows,
          columns: asTrained.columns,
        },
      ),
    );
    for (const which of BOTH)
      this.maps[which].show({
        plot: drawn.plots[which],
        scale: drawn.scales[which],
        theme: view.theme,
        names: { queries: t('queries ↓'), keys: t('keys →') },
        label:
          which === 'changed'
            ? t('Attention matrix {name}, changed', { name })
            : t('Attention matrix {name} as trained', { name }),
        row: drawn.plots[which].pooled ? null : place.query,
        column: null,
      });
    this.table.update(drawn.key, () => this.movedTable(answer, view, place));
  }

  private draw(
    answer: Answer<'whatIfMatrix'>,
    answered: Question<'whatIfMatrix'>,
    view: View,
  ): Drawn {
    const choice = view.reader.colourScale;
    const whole = view.theme.looksAt;
    const known = this.drawn;
    const same = known?.answer === answer && known.key.startsWith(choice);
    if (same && this.themed === whole) return known;
    if (known?.answer !== answer) this.rows.reset();
    this.answered = answered;
    this.themed = whole;
    const { stack, layer, head, change } = answered;
    const address = { stack, layer, head, hideSpecials: false, unit: 'token' as const };
    const [before, after] = BOTH.map((which) => drawingOf(view.snapshot, answer[which], address));
    const top = topOf(choice, Math.max(before!.maximum, after!.maximum));
    const scale = ({ maximum }: Drawing): ColourScale => scaleOfBytes(whole, maximum, top);
    this.version++;
    this.drawn = {
      answer,
      key: `${choice} ${this.version}`,
      top,
      plots: { asTrained: before!, changed: unhidden(after!, change) },
      scales: { asTrained: scale(before!), changed: scale(after!) },
    };
    return this.drawn;
  }

  private movedTable(answer: Answer<'whatIfMatrix'>, view: View, place: Place): TableData {
    const { t } = this;
    const queries = tokensOf(view.snapshot, place.querySide);
    const keys = tokensOf(view.snapshot, place.keySide);
    return {
      columns: [
        { name: t('Query'), kind: 'header' },
        { name: t('Key'), kind: 'text' },
        { name: t('As trained'), kind: 'number' },
        { name: t('Changed'), kind: 'number' },
        { name: t('Difference'), kind: 'number' },
      ],
      rows: answer.moved.map(({ query, key, asTrained, changed }) => ({
        cells: [
          labelAt(queries, query),
          labelAt(keys, key),
          fourDecimals(asTrained),
          fourDecimals(changed),
          signedFourDecimals(changed - asTrained),
        ],
        go: () => this.commands.choose({ side: place.querySide, index: query }, true),
      })),
    };
  }

  /** Query → key with both exact weights. */
  private describe(
    which: Which,
    { row, column }: Cell,
  ): { words: string; settled: boolean } | null {
    const { drawn, answered, view } = this;
    if (drawn === null || answered === null || view === null) return null;
    const plot = drawn.plots[which];
    const [query, key] = [plot.queries.tokens[row], plot.keys.tokens[column]];
    if (plot.pooled || query === undefined || key === undefined) return null;
    const size = drawn.answer.asTrained;
    const both = this.rows.cell(answered, size, { query, key });
    const words = this.t('{query} → {key}: as trained {asTrained}, changed {changed}', {
      query: plot.queries.labels[row] ?? '',
      key: plot.keys.labels[column] ?? '',
      asTrained: both === null ? '…' : fourDecimals(both.asTrained),
      changed: both === null ? '…' : fourDecimals(both.changed),
    });
    return { words, settled: both !== null };
  }

  private choose(row: number): void {
    const query = this.drawn?.plots.asTrained.queries.tokens[row];
    if (query === undefined || this.place === null || this.drawn?.plots.asTrained.pooled) return;
    this.commands.choose({ side: this.place.querySide, index: query }, true);
  }
}

/** Without its mask nothing of a matrix is hidden. */
function unhidden(drawing: Drawing, change: Change): Drawing {
  if (change.kind !== 'unmasked') return drawing;
  const { seen: _, ...all } = drawing;
  return all;
}
