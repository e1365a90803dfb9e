/** The pinned view and the view as it is now, side by side: texts, matrices, rows, and differences. */
import type { Translate } from '../../src/language/translate';
import { largestOf } from '../../src/navigation/names';
import { rowAddress, settle } from '../../src/navigation/navigationRules';
import type { Answer } from '../../src/protocol/queries';
import type { PinnedView } from '../../src/protocol/readerState';
import { numbersOf } from '../../src/protocol/wireTensor';
import { topOf } from '../drawing/scaleTop';
import { Latest, type Known } from '../inspector/latest';
import type { Commands, Part, Sight, View } from '../inspector/view';
import { iconButton } from '../inspector/viewActions';
import { element, setText, show } from '../parts/element';
import { commonAxis } from './commonAxis';
import { ComparedMaps } from './comparedMaps';
import { ComparedMatrices } from './comparedMatrices';
import { compare, type Comparison } from './comparison';
import { comparisonNotes, rowWords } from './comparisonNotes';
import { LargestTable } from './largestTable';
import { RowComparison } from './rowComparison';
import { pairsOf } from './rowPairs';
import { ViewCard } from './viewCard';

export class ComparePanel implements Part {
  readonly root: HTMLElement;
  private readonly nothing: HTMLElement;
  private readonly something: HTMLElement;
  private readonly pinnedCard: ViewCard;
  private readonly currentCard: ViewCard;
  private readonly notes = element('div', { class: 'compare-notes' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly matrices: ComparedMatrices;
  private readonly maps: ComparedMaps;
  private readonly largest: LargestTable;
  private readonly rows: RowComparison;
  private readonly row: Latest<'row'>;
  private view: View | null = null;
  /** The pinned view that `row` asks about, as far as it has been seen. */
  private asked: PinnedView | null = null;
  private compared: readonly unknown[] = [];

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const changed = (): void => this.redraw();
    this.row = new Latest<'row'>((question, signal) => {
      if (this.asked === null) throw new Error('Asked without a pinned view.');
      return commands.askAbout(this.asked.snapshot.trace, 'row', question, signal);
    }, changed);
    this.matrices = new ComparedMatrices(commands.askAbout, changed, t);
    this.maps = new ComparedMaps(t, commands);
    this.largest = new LargestTable(t);
    this.rows = new RowComparison(t);
    const swap = iconButton('swap', t('Go to the pinned view and pin this one'), () =>
      commands.pin('swap'),
    );
    this.pinnedCard = new ViewCard(t('Pinned'), t, swap);
    this.currentCard = new ViewCard(t('Now'), t);
    this.nothing = element(
      'p',
      { class: 'waiting' },
      t('Nothing is pinned. Pin a view, then choose another head, token or text.'),
    );
    this.something = element(
      'div',
      { class: 'compare' },
      element('div', { class: 'view-cards' }, this.pinnedCard.root, this.currentCard.root),
      this.notes,
      this.waiting,
      this.maps.root,
      this.largest.root,
      this.rows.root,
    );
    this.root = element('div', { class: 'compare-panel' }, this.nothing, this.something);
  }

  update(view: View): void {
    this.view = view;
    const { pinned } = view.reader;
    show(this.nothing, pinned === null);
    show(this.something, pinned !== null);
    if (pinned === null) {
      this.row.reset();
      this.asked = null;
      return;
    }
    const { snapshot } = pinned;
    const sight = { snapshot, navigation: settle(pinned.navigation, snapshot), preview: null };
    this.askRow(pinned, sight);
    const comparison = compare(sight, view);
    this.showCards(comparison, view);
    this.showNotes(comparison);
    this.showMatrices(comparison, view);
    this.showRows(comparison, view);
  }

  private redraw(): void {
    if (this.view !== null && this.view.navigation.view === 'compare') this.update(this.view);
  }

  private askRow(pinned: PinnedView, sight: Sight): void {
    const before = this.asked?.snapshot;
    const { snapshot } = pinned;
    const turned = this.asked?.navigation.unit !== pinned.navigation.unit;
    if (before?.trace !== snapshot.trace || turned) this.row.reset();
    this.asked = pinned;
    this.row.want(rowAddress(sight.navigation, snapshot, null));
    const grown = before?.written.length !== snapshot.written.length;
    // A column grows with every token the model writes.
    const previewed = before?.previewed !== snapshot.previewed;
    if (
      before?.trace === snapshot.trace &&
      (grown || previewed || before.outcome !== snapshot.outcome)
    )
      this.row.refresh();
  }

  /** The weight of the strongest colour: one for both rows, so that they can be compared. */
  private topOfRows(view: View): number {
    const most = (known: Known<'row'>): number =>
      known.answer === null ? 0 : largestOf(numbersOf(known.answer.weights));
    return topOf(view.reader.colourScale, Math.max(most(this.row.known), most(view.row)));
  }

  private showCards({ pinned, current }: Comparison, view: View): void {
    const top = this.topOfRows(view);
    const ink = ({ navigation }: Sight, { answer }: Known<'row'>) => ({
      row: exactOf(answer),
      top,
      scale: view.theme[navigation.direction],
    });
    const row = this.row.known;
    this.pinnedCard.update(pinned, row, ink(pinned, row));
    this.currentCard.update(current, view.row, ink(current, view.row));
  }

  private showNotes(comparison: Comparison): void {
    const words = comparisonNotes(comparison, this.t);
    if (words.join('\n') === [...this.notes.children].map((p) => p.textContent).join('\n')) return;
    this.notes.replaceChildren(...words.map((note) => element('p', { class: 'hint' }, note)));
  }

  private showMatrices(comparison: Comparison, view: View): void {
    const alike = comparison.sameMatrix;
    const now = alike ? null : this.matrices.update(comparison);
    setText(this.waiting, now?.reason ?? '');
    show(this.waiting, now !== null && now.reason !== null);
    const content = now?.content ?? null;
    show(this.maps.root, content !== null);
    show(this.largest.root, content?.both != null);
    if (content === null) return;
    this.maps.update(content, comparison, view);
    if (content.both !== null) this.largest.update(content.both);
  }

  private showRows(comparison: Comparison, view: View): void {
    const { rowSide, sameView } = comparison;
    const [pinned, current] = [exactOf(this.row.known.answer), exactOf(view.row.answer)];
    const shown = rowSide !== null && !sameView && pinned !== null && current !== null;
    show(this.rows.root, shown);
    // The rows on screen stay until both of the next are there.
    if (!shown || !this.row.known.fresh || !view.row.fresh) return;
    const { theme, reader } = view;
    const now = [pinned, current, theme, reader.colourScale];
    if (now.every((part, i) => part === this.compared[i])) return;
    this.compared = now;
    const axis = commonAxis(comparison.pinned, comparison.current, rowSide, comparison.sameModel);
    const pairs = pairsOf(axis, numbersOf(pinned.weights), numbersOf(current.weights));
    const furthest = pairs.reduce(
      (most, { difference }) => Math.max(most, Math.abs(difference ?? 0)),
      0,
    );
    this.rows.update(rowWords(comparison, this.t), pairs, {
      weights: theme[view.navigation.direction],
      top: this.topOfRows(view),
      differences: theme.signed,
      limit: topOf(reader.colourScale, furthest),
    });
  }
}

/** Differences between approximate numbers would be those of the approximation. */
const exactOf = (row: Answer<'row'> | null): Answer<'row'> | null =>
  row?.approximate === true ? null : row;
