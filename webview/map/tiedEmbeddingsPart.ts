/** Token tables: one memory seen from up to three ends, and a token's entry in it. */
import type { Translate } from '../../src/language/translate';
import { candidateName } from '../../src/navigation/labels';
import { fourDecimals, nineDigits } from '../../src/navigation/names';
import { isRunning } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import type { TableEnd } from '../../src/protocol/studies/tiedEmbeddings';
import { tinyNumber } from '../parts/tableCells';
import { Latest } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';
import { candidateLabel } from '../parts/candidateLabel';
import { card } from '../parts/card';
import { DataTable } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { StudyState } from '../parts/studyState';

/** Whose entry. */
export interface TiedBox {
  readonly side: Side;
  readonly token: number;
}

export class TiedEmbeddingsPart {
  readonly root: HTMLElement;
  private readonly tables = element('p', { class: 'verdict' });
  private readonly numbers = element('p', { class: 'hint' });
  private readonly column = element('p', { class: 'hint checked' });
  private readonly entry = element('p', { class: 'hint' });
  private readonly ends: DataTable;
  private readonly nearest: DataTable;
  private readonly content: HTMLElement;
  private readonly state: StudyState;
  private readonly study: Latest<'tiedEmbeddings'>;
  private shown: { readonly view: View; readonly box: TiedBox } | null = null;
  private trace: string | null = null;
  private readonly stamps = new Stamps();

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.study = new Latest<'tiedEmbeddings'>(
      (question, signal, progress) => commands.ask('tiedEmbeddings', question, signal, progress),
      () => this.redraw(),
    );
    this.state = new StudyState(t, this.study);
    this.ends = new DataTable(t('Token tables by their use'));
    this.nearest = new DataTable(t('Nearest entries'));
    this.content = element(
      'div',
      {},
      this.tables,
      this.ends.root,
      this.numbers,
      this.column,
      this.entry,
      this.nearest.root,
    );
    this.root = card(t('One memory from three ends'), 'wide', this.state.root, this.content);
  }

  update(view: View, box: TiedBox): void {
    this.shown = { view, box };
    const { snapshot } = view;
    if (snapshot.trace !== this.trace) this.study.reset();
    this.trace = snapshot.trace;
    this.study.want(isRunning(snapshot) ? null : { ...box });
    this.state.update();
    const { answer } = this.study.known;
    show(this.content, answer !== null);
    if (answer === null) return;
    this.showTables(view, answer);
    this.showColumn(answer);
    this.showEntry(answer);
  }

  private redraw(): void {
    if (this.shown !== null) this.update(this.shown.view, this.shown.box);
  }

  private showTables({ locale }: View, answer: Answer<'tiedEmbeddings'>): void {
    const { t } = this;
    const { ends, parameters, untied } = answer;
    const whole = new Intl.NumberFormat(locale);
    const tables = new Set(ends.map(({ table }) => table)).size;
    const words =
      ends.length === 1
        ? t('One table, used at one end: this model reads tokens and says none.')
        : tables === 1
          ? t('One and the same table serves all {ends} ends.', { ends: ends.length })
          : t('{tables} tables serve {ends} ends.', { tables, ends: ends.length });
    setText(this.tables, words);
    setText(
      this.numbers,
      untied === parameters
        ? t('{parameters} numbers; nothing is shared.', { parameters: whole.format(parameters) })
        : t('{parameters} numbers; with a table for each end it would be {untied}.', {
            parameters: whole.format(parameters),
            untied: whole.format(untied),
          }),
    );
    this.ends.update(this.stamps.of(answer), () => ({
      columns: [
        { name: t('End'), kind: 'header' },
        { name: t('Table'), kind: 'text' },
        { name: t('Shape'), kind: 'text' },
        {
          name: t('Factor'),
          kind: 'number',
          title: t('On what is read from the table, or on the state that meets it'),
        },
      ],
      rows: ends.map(({ end, table, rows, width, scale }) => ({
        cells: [
          endName(end, t),
          String.fromCodePoint(FIRST_TABLE + table),
          `${whole.format(rows)} × ${whole.format(width)}`,
          nineDigits(scale),
        ],
      })),
    }));
  }

  private showColumn({ column, token }: Answer<'tiedEmbeddings'>): void {
    const { t } = this;
    show(this.column, column !== null);
    if (column === null) return;
    const { difference, cosine } = column;
    const name = candidateName(token);
    setText(
      this.column,
      difference === 0
        ? t(
            'Checked: the output column of “{token}” is its embedding row; the largest difference is 0.',
            {
              token: name,
            },
          )
        : t(
            'The output column of “{token}” is not its embedding row: the largest difference is {difference}, their cosine {cosine}.',
            { token: name, difference: tinyNumber(difference), cosine: fourDecimals(cosine) },
          ),
    );
  }

  private showEntry(answer: Answer<'tiedEmbeddings'>): void {
    const { t } = this;
    const { token, rowNorm, nearest } = answer;
    setText(
      this.entry,
      t('The row of “{token}” (number {id}) has length {norm}. The rows most like it:', {
        token: candidateName(token),
        id: token.id,
        norm: fourDecimals(rowNorm),
      }),
    );
    this.nearest.update(this.stamps.of(answer), () => ({
      columns: [
        { name: t('Token'), kind: 'header' },
        { name: t('Cosine'), kind: 'bar' },
      ],
      rows: nearest.map(({ token: near, cosine }) => ({
        cells: [
          { text: candidateName(near), content: candidateLabel(near, t) },
          { text: fourDecimals(cosine), share: cosine },
        ],
      })),
    }));
  }
}

/** Tables are named A, B, C. */
const FIRST_TABLE = 'A'.codePointAt(0)!;

function endName(end: TableEnd, t: Translate): string {
  switch (end) {
    case 'source':
      return t('reads the text');
    case 'target':
      return t('reads the output');
    case 'output':
      return t('says the next token');
  }
}
