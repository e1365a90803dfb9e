/** Where one step looks: a row of exact weights over the text it looks at, the heaviest with bars, all in a table. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals, largestOf, scaleEnd, shortName } from '../../src/navigation/names';
import { keySide, readCount, tokensOf } from '../../src/navigation/traceState';
import type { NavigationChange } from '../../src/protocol/navigation';
import type { Token, TraceId } from '../../src/protocol/trace';
import type { Stack } from '../../src/protocol/address';
import type { ColourScale } from '../../src/palette/weightScale';
import { flowOfPieces, flowOfText, type FlowItem } from '../drawing/tokenFlow';
import { topOf } from '../drawing/scaleTop';
import type { Commands, View } from '../inspector/view';
import { barColour } from '../parts/barCell';
import { DataTable, type Row, type TableData } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { Legend, scaleNote } from '../parts/legend';
import { TwinTable } from '../parts/twinTable';
import { filmAddress, type FilmSight } from './filmSight';
import { heaviest, keysOf, type WeighedKey } from './rowWords';
import { StepRows } from './stepRows';
import { WeighedText } from './weighedText';

/** As many as there is room for beside the text. */
const LISTED = 5;

export class RowCard {
  readonly root: HTMLElement;
  private readonly name = element('span', { class: 'short-name' });
  private readonly words = element('p', { class: 'hint', attributes: { dir: 'auto' } });
  private readonly why = element('p', { class: 'waiting' });
  private readonly text: WeighedText;
  private readonly legend = new Legend();
  private readonly table: DataTable;
  private readonly twin: TwinTable;
  private readonly body: HTMLElement;
  private readonly rows: StepRows;
  private listed: { tokens: readonly Token[]; flow: readonly FlowItem[] } | null = null;
  private weights: Float32Array | null = null;
  private version = 0;
  private trace: TraceId | null = null;

  constructor(
    private readonly stack: 'decoder' | 'cross',
    title: string,
    private readonly t: Translate,
    private readonly commands: Commands,
    changed: () => void,
  ) {
    this.rows = new StepRows(commands.ask, changed);
    this.text = new WeighedText(t);
    this.table = new DataTable(t('The heaviest'));
    this.table.root.classList.add('film-heaviest');
    this.twin = new TwinTable(
      stack === 'cross'
        ? t('All cross-attention weights of this step')
        : t('All self-attention weights of this step'),
    );
    this.body = element(
      'div',
      { class: 'film-row' },
      this.text.root,
      this.table.root,
      this.legend.root,
    );
    this.root = element(
      'section',
      { class: `card film-card ${stack}-row` },
      element('h3', { class: 'small-title' }, title, ' ', this.name),
      this.words,
      this.why,
      this.body,
      this.twin.root,
    );
  }

  update(view: View, film: FilmSight): void {
    const { t, stack } = this;
    const { snapshot, navigation } = view;
    const address = filmAddress(film.plan, navigation, stack);
    setText(this.name, shortName(address, t));
    // Of another run no row stays, faded or not: its numbers are about other tokens.
    if (snapshot.trace !== this.trace) this.weights = null;
    this.trace = snapshot.trace;
    const available = readCount(snapshot, film.side);
    const weights = this.rows.want({
      trace: snapshot.trace,
      address,
      query: film.query,
      available,
    });
    const asked = tokensOf(snapshot, keySide(snapshot, stack));
    this.setWords(view, film);
    const { failure } = this.rows;
    const hidden = weights !== null && weights.every((weight) => Number.isNaN(weight));
    const why =
      failure === null
        ? hidden
          ? t('Special tokens are hidden, and the token read in this step is one.')
          : null
        : describeFailure(failure, t);
    setText(this.why, why ?? '');
    show(this.why, why !== null);
    // While a row is on its way the one before stays, plainly faded.
    this.body.classList.toggle('stale', weights === null);
    const there = why === null && (weights ?? this.weights) !== null;
    show(this.body, there);
    show(this.twin.root, there);
    if (weights === null || why !== null) return;
    if (weights !== this.weights) this.version++;
    this.weights = weights;
    this.draw(view, film, weights, asked);
  }

  private setWords({ snapshot }: View, { side, query, plan }: FilmSight): void {
    const tokens = tokensOf(snapshot, side);
    const args = { token: labelAt(tokens, query), next: labelAt(tokens, query + 1) };
    const alone = plan.model.architecture === 'decoder';
    setText(
      this.words,
      this.stack === 'cross'
        ? this.t('Reading “{token}”, to write “{next}”, it looks at the text:', args)
        : alone
          ? this.t('Reading “{token}”, to write “{next}”, it looks back at text and output:', args)
          : this.t('Reading “{token}”, to write “{next}”, it looks back at its output:', args),
    );
  }

  private draw(view: View, film: FilmSight, weights: Float32Array, asked: readonly Token[]): void {
    const { t, stack, version } = this;
    const until = stack === 'decoder' ? film.query + 1 : asked.length;
    const scale = view.theme.looksAt;
    const choice = view.reader.colourScale;
    const top = topOf(choice, largestOf(weights.subarray(0, until)));
    const { tokens, flow } = this.listing(view, asked);
    const query = labelAt(tokensOf(view.snapshot, film.side), film.query);
    const name = (key: number, weight: string): string =>
      t('{query} → {key}: {weight}', { query, key: labelAt(tokens, key), weight });
    this.text.update({
      tokens,
      flow,
      weights,
      until,
      grows: stack === 'decoder',
      top,
      scale,
      name,
    });
    this.legend.update(scale, '0', scaleEnd(top), scaleNote(choice, t('√ scale of this row'), t));
    const key = `${view.snapshot.trace} ${version} ${until} ${top} ${view.theme.kind}`;
    const rows = (keys: readonly WeighedKey[]): TableData => ({
      columns: [
        { name: t('Position'), kind: 'position' },
        { name: t('Token'), kind: 'header' },
        { name: t('Weight'), kind: 'bar' },
      ],
      rows: keys.map((one): Row =>
        rowOf(one, tokens, top, scale, () => this.explain(film, one.key)),
      ),
    });
    this.table.update(key, () => rows(heaviest(keysOf(weights, until), LISTED)));
    this.twin.update(key, () => rows(keysOf(weights, until)));
  }

  /** The tokens looked at with their flow, made anew only when there are others. */
  private listing({ snapshot }: View, tokens: readonly Token[]) {
    const known = this.listed;
    const same =
      known !== null &&
      known.tokens.length === tokens.length &&
      known.tokens.every((token, i) => token === tokens[i]);
    if (known !== null && same) return known;
    const { text = '', pair = null } = snapshot.plan ?? {};
    const written = keySide(snapshot, this.stack) === 'target';
    const flow = written ? flowOfPieces(tokens) : flowOfText(tokens, text, pair);
    this.listed = { tokens, flow };
    return this.listed;
  }

  /** To the steps that lead to a weight. */
  private explain({ side, query }: FilmSight, key: number): void {
    const stack: Stack = this.stack;
    const change: NavigationChange = {
      ...{ view: 'steps', stack, unit: 'token', direction: 'looksAt' },
      token: { side, index: query, locked: true },
      key,
    };
    this.commands.navigate(change);
  }
}

const rowOf = (
  { key, weight }: WeighedKey,
  tokens: readonly Token[],
  top: number,
  scale: ColourScale,
  go: () => void,
): Row => ({
  cells: [
    String(key),
    labelAt(tokens, key),
    {
      text: fourDecimals(weight),
      share: top > 0 ? weight / top : 0,
      colour: barColour(scale, weight, top),
    },
  ],
  go,
});
