/** A matrix of the film: the decoder's triangle as far as it has grown, or the encoder's, which is there from the beginning. */
import type { Translate } from '../../src/language/translate';
import { describeFailure } from '../../src/language/translate';
import { sightsOf, unseenIn } from '../../src/navigation/causality';
import { fourDecimals, scaleEnd, shortName } from '../../src/navigation/names';
import type { ColourScale } from '../../src/palette/weightScale';
import type { MatrixAddress } from '../../src/protocol/address';
import type { Picture } from '../../src/protocol/wireTensor';
import { scaleOfBytes, topOf } from '../drawing/scaleTop';
import type { Cell } from '../drawing/viewport';
import { drawingOf, type Drawing } from '../inspector/axes';
import { ExactRows } from '../inspector/exactRows';
import type { Plot, Size } from '../inspector/matrixCanvas';
import { PointedMap } from '../inspector/pointedMap';
import type { Commands, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { Legend, scaleNote } from '../parts/legend';
import { GrowingMatrix } from './growingMatrix';

export interface MapWords {
  readonly title: string;
  readonly note: string;
  /** Of the whole, for those who do not see it. */
  readonly label: (name: string, shown: number) => string;
}

export interface MapContent {
  readonly address: MatrixAddress;
  /** Rows there are so far. */
  readonly available: number;
  /** The row of the present step, and the last that is shown; null: all are, and none stands out. */
  readonly query: number | null;
}

export class MapCard {
  readonly root: HTMLElement;
  private readonly name = element('span', { class: 'short-name' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly legend = new Legend();
  private readonly figure: HTMLElement;
  private readonly map: PointedMap;
  private readonly matrix: GrowingMatrix;
  private readonly rows: ExactRows;
  private view: View | null = null;
  private content: MapContent | null = null;
  private drawn: { picture: Picture; drawing: Drawing } | null = null;
  private plot: { drawing: Drawing; until: number; plot: Plot } | null = null;
  private colours: { key: string; whole: ColourScale; moved: ColourScale } | null = null;

  constructor(
    name: string,
    private readonly words: MapWords,
    private readonly t: Translate,
    commands: Commands,
    changed: () => void,
    size: Size,
    /** A cell was chosen: to the row's token. */
    choose: (query: number) => void,
    /** To a view with all numbers of it. */
    table: HTMLElement,
  ) {
    this.matrix = new GrowingMatrix(commands.ask, changed);
    this.rows = new ExactRows(
      (question, signal) => commands.ask('row', question, signal),
      () => this.map.redraw(),
    );
    this.map = new PointedMap(
      name,
      {
        describe: (cell) => this.describe(cell),
        choose: (cell) => {
          const { drawing } = this.drawn ?? {};
          // A pooled row stands for several tokens.
          const query = drawing?.pooled === false ? drawing.queries.tokens[cell.row] : undefined;
          if (query !== undefined && this.isShown(query)) choose(query);
        },
      },
      size,
    );
    this.figure = element(
      'div',
      { class: 'figure' },
      element('div', { class: 'figure-head' }, this.legend.root, table),
      this.map.root,
    );
    this.root = element(
      'section',
      { class: `card film-card ${name}` },
      element('h3', { class: 'small-title' }, words.title, ' ', this.name),
      element('p', { class: 'hint' }, words.note),
      this.waiting,
      this.figure,
    );
  }

  /** There is something to see, or there never will be. */
  get settled(): boolean {
    const { answer, failure } = this.matrix.known;
    return answer !== null || failure !== null;
  }

  update(view: View, content: MapContent): void {
    const { t } = this;
    if (view.snapshot.trace !== this.view?.snapshot.trace) {
      this.rows.reset();
      this.map.show(null);
    }
    this.view = view;
    this.content = content;
    setText(this.name, shortName(content.address, t));
    this.matrix.want(view.snapshot.trace, content.address, content.available);
    const { answer, answered, failure, fresh } = this.matrix.known;
    setText(this.waiting, failure === null ? t('Asking the engine…') : describeFailure(failure, t));
    show(this.waiting, answer === null);
    show(this.figure, answer !== null);
    if (answer === null || answered === null) return;
    this.figure.classList.toggle('stale', !fresh);
    this.draw(view, content, answer, answered);
  }

  private draw(view: View, { query }: MapContent, picture: Picture, answered: MatrixAddress): void {
    const { t } = this;
    if (this.drawn?.picture !== picture) {
      // Rows grow longer while output is written: those kept belong to the matrix before.
      this.rows.reset();
      this.drawn = { picture, drawing: drawingOf(view.snapshot, picture, answered) };
    }
    const { drawing } = this.drawn;
    const choice = view.reader.colourScale;
    const top = topOf(choice, drawing.maximum);
    const scale = view.theme.looksAt;
    this.legend.update(
      scale,
      '0',
      scaleEnd(top),
      scaleNote(choice, t('√ scale of this matrix'), t),
    );
    const until = query === null ? null : rowsUntil(drawing, query);
    const row = query === null || drawing.pooled ? -1 : drawing.queries.tokens.indexOf(query);
    const shown = {
      plot: until === null ? drawing : this.plotOf(drawing, until),
      scale: this.coloursOf(scale, drawing.maximum, top),
      theme: view.theme,
      names: { queries: t('queries ↓'), keys: t('keys →') },
      label: this.words.label(shortName(answered, t), until ?? drawing.pixels.rows),
      row: row < 0 ? null : row,
      column: null,
    };
    // When all is written that there is to write: text on a canvas makes the browser lay out.
    queueMicrotask(() => {
      if (this.drawn?.picture === picture) this.map.show(shown);
    });
  }

  /** The plot as far as it is shown, made once a step: the map tells by it whether anything changed. */
  private plotOf(drawing: Drawing, until: number): Plot {
    if (this.plot?.drawing !== drawing || this.plot.until !== until)
      this.plot = { drawing, until, plot: { ...drawing, until } };
    return this.plot.plot;
  }

  private coloursOf(whole: ColourScale, maximum: number, top: number): ColourScale {
    const key = `${maximum} ${top}`;
    if (this.colours?.whole !== whole || this.colours.key !== key)
      this.colours = { key, whole, moved: scaleOfBytes(whole, maximum, top) };
    return this.colours.moved;
  }

  private isShown(query: number): boolean {
    const last = this.content?.query ?? null;
    return last === null || query <= last;
  }

  /** Query → key and the exact weight. */
  private describe(cell: Cell): { words: string; settled: boolean } | null {
    const { view, drawn, t } = this;
    const { answered } = this.matrix.known;
    if (view === null || drawn === null || answered === null || drawn.drawing.pooled) return null;
    const { queries, keys } = drawn.drawing;
    const [query, key] = [queries.tokens[cell.row], keys.tokens[cell.column]];
    if (query === undefined || key === undefined || !this.isShown(query)) return null;
    const tokens = { query: queries.labels[cell.row] ?? '', key: keys.labels[cell.column] ?? '' };
    const sight = sightsOf(view.snapshot, answered, 'looksAt')?.(query) ?? null;
    const unseen = unseenIn(sight, 'looksAt', key);
    if (unseen !== null)
      return {
        words:
          unseen === 'later'
            ? t('{query} cannot see {key}, which comes later', tokens)
            : t('{query} cannot see {key}, which is before its sliding window', tokens),
        settled: true,
      };
    const weight = this.rows.row(answered, query)?.[key];
    const words = t('{query} → {key}: {weight}', {
      ...tokens,
      weight: weight === undefined ? '…' : fourDecimals(weight),
    });
    return { words, settled: weight !== undefined };
  }
}

/** Rows of a drawing up to and with a query. */
function rowsUntil({ queries, pixels, pooled }: Drawing, query: number): number {
  const shown = queries.tokens.filter((one) => one <= query).length;
  return pooled ? Math.ceil((shown * pixels.rows) / queries.tokens.length) : shown;
}
