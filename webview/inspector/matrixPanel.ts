/**
 * The chosen head as a large matrix: zoom and drag, a cell cursor for pointer and arrow keys, and
 * the exact number under it.
 */
import type { Translate } from '../../src/language/translate';
import { approximateWords, marked } from '../../src/navigation/approximate';
import { fourDecimals, scaleEnd, shortName } from '../../src/navigation/names';
import { sightsOf, unseenIn } from '../../src/navigation/causality';
import { chosenSide, matrixAddress } from '../../src/navigation/navigationRules';
import type { ColourScale } from '../../src/palette/weightScale';
import type { MatrixAddress } from '../../src/protocol/address';
import type { Picture } from '../../src/protocol/wireTensor';
import { scaleOfBytes, topOf } from '../drawing/scaleTop';
import type { Cell } from '../drawing/viewport';
import { element, setText, show } from '../parts/element';
import { explaining } from '../steps/explaining';
import { Legend, scaleNote } from '../parts/legend';
import { drawingOf, type Drawing } from './axes';
import { ExactRows } from './exactRows';
import { PointedMap } from './pointedMap';
import type { Commands, Part, View } from './view';
import { describeWaiting } from './waiting';

export class MatrixPanel implements Part {
  readonly root: HTMLElement;
  private readonly map: PointedMap;
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly figure: HTMLElement;
  private readonly pooling = element('p', { class: 'hint' });
  private readonly legend = new Legend();
  private readonly approximate: HTMLElement;
  private readonly rows: ExactRows;
  private view: View | null = null;
  private drawing: Drawing | null = null;
  private drawnFrom: Picture | null = null;
  private colours: {
    readonly key: string;
    readonly whole: ColourScale;
    readonly moved: ColourScale;
  } | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
    showRow: () => void,
  ) {
    this.rows = new ExactRows(
      (question, signal) => commands.ask('row', question, signal),
      () => this.map.redraw(),
    );
    this.map = new PointedMap('matrix', {
      describe: () => this.describe(),
      choose: () => this.chooseCell(),
      explain: () => {
        if (this.view !== null && this.cell !== null)
          commands.navigate(explaining(this.view, this.cell));
      },
    });
    const table = element(
      'button',
      { class: 'link', attributes: { type: 'button' }, on: { click: showRow } },
      t('The same numbers as a table'),
    );
    this.approximate = element('span', { class: 'badge approximate-badge' }, approximateWords(t));
    this.figure = element(
      'div',
      { class: 'figure' },
      element('div', { class: 'figure-head' }, this.legend.root, this.approximate, table),
      this.pooling,
      this.map.root,
      element(
        'span',
        { class: 'hint' },
        t('Arrow keys move, Enter chooses, + and − zoom, 0 fits; Ctrl+wheel zooms, drag moves.'),
      ),
      element(
        'span',
        { class: 'hint' },
        t('W on a cell, or “Why?” after choosing one: the steps that lead to its weight.'),
      ),
    );
    this.root = element('div', { class: 'matrix-panel' }, this.waiting, this.figure);
  }

  update(view: View): void {
    if (this.view?.snapshot.trace !== view.snapshot.trace) {
      this.rows.reset();
      this.map.show(null);
    }
    this.view = view;
    const { answer, answered } = view.matrix;
    const waiting = describeWaiting(view, view.matrix, 'matrix', this.t);
    setText(this.waiting, waiting ?? '');
    show(this.waiting, waiting !== null);
    show(this.figure, answer !== null);
    if (answer === null || answered === null) {
      this.drawing = null;
      this.map.show(null);
      return;
    }
    this.figure.classList.toggle('stale', !view.matrix.fresh);
    const drawing = this.draw(view, answer, answered);
    const { direction } = view.navigation;
    const choice = view.reader.colourScale;
    const top = topOf(choice, drawing.maximum);
    this.legend.update(
      view.theme[direction],
      '0',
      scaleEnd(top),
      scaleNote(choice, this.t('√ scale of this matrix'), this.t),
    );
    setText(
      this.pooling,
      this.t(
        '{queries} × {keys} weights shown at {rows} × {columns} pixels: each pixel is the largest weight it covers.',
        {
          queries: answer.queries,
          keys: answer.keys,
          rows: answer.rows,
          columns: answer.columns,
        },
      ),
    );
    show(this.pooling, drawing.pooled);
    show(this.approximate, answer.approximate);
    const at = this.chosenIndex(view, drawing);
    this.map.show({
      plot: drawing,
      scale: this.coloursOf(view.theme[direction], drawing.maximum, top),
      theme: view.theme,
      names: { queries: this.t('queries ↓'), keys: this.t('keys →') },
      label: this.t(
        'Attention matrix {name}: {queries} queries by {keys} keys, largest weight {maximum}',
        {
          name: shortName(view.navigation, this.t),
          queries: answer.queries,
          keys: answer.keys,
          maximum: marked(scaleEnd(drawing.maximum), answer.approximate),
        },
      ),
      row: direction === 'looksAt' ? at : null,
      column: direction === 'lookedAt' ? at : null,
    });
  }

  /** Query and key under the cursor, as indices of tokens (or words). */
  get cell(): { query: number; key: number } | null {
    const { cell } = this.map;
    if (cell === null || this.drawing === null || this.drawing.pooled) return null;
    const query = this.drawing.queries.tokens[cell.row];
    const key = this.drawing.keys.tokens[cell.column];
    return query === undefined || key === undefined ? null : { query, key };
  }

  /** The drawing of an answer, made once: its bitmap and the labels' widths hang on it. */
  private draw(view: View, answer: Picture, answered: MatrixAddress): Drawing {
    if (this.drawing === null || this.drawnFrom !== answer) {
      this.drawnFrom = answer;
      // While output is written rows grow longer: those kept belong to the matrix before.
      this.rows.reset();
      this.drawing = drawingOf(view.snapshot, answer, answered);
    }
    return this.drawing;
  }

  /** The scale for this matrix's bytes, made once: the map tells by it whether colours changed. */
  private coloursOf(whole: ColourScale, maximum: number, top: number): ColourScale {
    const key = `${maximum} ${top}`;
    if (this.colours?.whole !== whole || this.colours.key !== key)
      this.colours = { key, whole, moved: scaleOfBytes(whole, maximum, top) };
    return this.colours.moved;
  }

  /** Where the chosen token's row or column lies in the drawing. */
  private chosenIndex({ snapshot, navigation, preview }: View, drawing: Drawing): number | null {
    const { stack, direction } = navigation;
    const token = preview ?? navigation.token;
    if (token?.side !== chosenSide(snapshot, stack, direction) || drawing.pooled) return null;
    const axis = direction === 'looksAt' ? drawing.queries : drawing.keys;
    const at = axis.tokens.indexOf(token.index);
    return at < 0 ? null : at;
  }

  /** Query → key and the exact weight. */
  private describe(): { words: string; settled: boolean } | null {
    const { view, drawing, cell } = this;
    const at: Cell | null = this.map.cell;
    if (cell === null || at === null || view === null || drawing === null) return null;
    const address = view.matrix.answered ?? matrixAddress(view.navigation);
    const tokens = {
      query: drawing.queries.labels[at.row] ?? '',
      key: drawing.keys.labels[at.column] ?? '',
    };
    const sight = sightsOf(view.snapshot, address, 'looksAt')?.(cell.query) ?? null;
    const unseen = unseenIn(sight, 'looksAt', cell.key);
    if (unseen !== null)
      return {
        words:
          unseen === 'later'
            ? this.t('{query} cannot see {key}, which comes later', tokens)
            : this.t('{query} cannot see {key}, which is before its sliding window', tokens),
        settled: true,
      };
    const weight = this.rows.row(address, cell.query)?.[cell.key];
    const words = this.t('{query} → {key}: {weight}', {
      ...tokens,
      weight: weight === undefined ? '…' : marked(fourDecimals(weight), this.isApproximate),
    });
    return { words, settled: weight !== undefined };
  }

  /** Rows are asked for after the matrix, and again when there is another one. */
  private get isApproximate(): boolean {
    return this.view?.matrix.answer?.approximate === true;
  }

  /** Locks the row (or column) of the cell under the cursor. */
  private chooseCell(): void {
    const { view, cell } = this;
    if (view === null || cell === null) return;
    const { stack, direction, unit } = view.navigation;
    const index = direction === 'looksAt' ? cell.query : cell.key;
    this.commands.choose({ side: chosenSide(view.snapshot, stack, direction), index }, true);
    // What “why” is then about.
    this.commands.navigate({ key: unit === 'token' ? cell.key : null });
  }
}
