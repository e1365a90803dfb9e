/** One word in two places: how alike its two vectors are before positions, with them, after each layer. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { readCount, tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import { halfReading } from '../../src/protocol/stacks';
import type { Token } from '../../src/protocol/trace';
import { numbersOf } from '../../src/protocol/wireTensor';
import { Latest } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';
import { card } from '../parts/card';
import { DataTable, type TableData } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { StudyState } from '../parts/studyState';
import type { Theme } from '../parts/theme';
import { anyTwo, repeatedPairs, type Pair } from './sameTokenPairs';

type Likeness = Answer<'tokenPair'>;

export class SameWordCard {
  readonly root: HTMLElement;
  private readonly study: Latest<'tokenPair'>;
  private readonly state: StudyState;
  private readonly found = element('p', { class: 'hint' });
  private readonly selects: readonly [HTMLSelectElement, HTMLSelectElement];
  private readonly begin: HTMLButtonElement;
  private readonly said = element('p', { class: 'check-words', attributes: { role: 'status' } });
  private readonly table: DataTable;
  private trace: string | null = null;
  private side: Side = 'source';
  /** How many tokens the lists have; null: none were listed. */
  private listed: number | null = null;
  private best: Pair = [0, 0];
  private picked: Pair | null = null;
  /** The model runs again only once the reader has asked for it. */
  private begun = false;
  private view: View | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const again = (): void => {
      if (this.view !== null) this.update(this.view, this.side);
    };
    this.study = new Latest<'tokenPair'>(
      (question, signal, progress) => commands.ask('tokenPair', question, signal, progress),
      again,
    );
    this.state = new StudyState(t, this.study);
    const select = (id: string): HTMLSelectElement =>
      element('select', {
        attributes: { id },
        on: {
          change: () => {
            const [first, second] = this.selects;
            this.picked = [Number(first.value), Number(second.value)];
            again();
          },
        },
      });
    this.selects = [select('pair-first'), select('pair-second')];
    this.begin = element(
      'button',
      {
        class: 'small',
        attributes: { type: 'button' },
        on: {
          click: () => {
            this.begun = true;
            again();
          },
        },
      },
      t('Run the model again and compare'),
    );
    this.table = new DataTable(t('How alike the two vectors are'));
    const label = (id: string, words: string): HTMLElement =>
      element('label', { attributes: { for: id } }, words);
    this.root = card(
      t('The same word in two places'),
      '',
      this.found,
      element(
        'div',
        { class: 'pair-row' },
        label('pair-first', t('First token')),
        this.selects[0],
        label('pair-second', t('Second token')),
        this.selects[1],
        this.begin,
      ),
      this.state.root,
      this.said,
      this.table.root,
    );
  }

  update(view: View, side: Side): void {
    this.view = view;
    const { snapshot, theme } = view;
    if (this.trace !== snapshot.trace || this.side !== side) this.forget(snapshot.trace, side);
    const half = halfReading(snapshot.plan?.model.architecture ?? 'encoderDecoder', side);
    // The last output token was written but never read.
    const tokens = tokensOf(snapshot, side).slice(0, Math.max(1, readCount(snapshot, side)));
    const [first, second] = this.choose(tokens);
    this.study.want(this.begun ? { half, first, second } : null);
    show(this.begin, !this.begun);
    this.state.update();
    const { answer, answered } = this.study.known;
    show(this.said, answer !== null);
    show(this.table.root, answer !== null);
    if (answer === null || answered === null) return;
    setText(this.said, this.saying(answer));
    const key = JSON.stringify([snapshot.trace, side, answered, theme.lines]);
    this.table.update(key, () => this.rows(answer, theme));
  }

  private forget(trace: string, side: Side): void {
    this.trace = trace;
    this.side = side;
    this.picked = null;
    this.listed = null;
    this.begun = false;
    this.study.reset();
  }

  /** The two tokens to compare. What a trace has read does not change: the lists only grow. */
  private choose(tokens: readonly Token[]): Pair {
    if (tokens.length !== this.listed) this.list(tokens);
    const [first, second] = this.picked ?? this.best;
    this.selects[0].value = String(first);
    this.selects[1].value = String(second);
    return [first, second];
  }

  /** Fills the lists, and says which tokens there are twice. */
  private list(tokens: readonly Token[]): void {
    const { t } = this;
    const [twice] = repeatedPairs(tokens);
    const labels = labelsOf(tokens);
    this.listed = tokens.length;
    this.best = twice ?? anyTwo(tokens);
    for (const select of this.selects)
      select.replaceChildren(
        ...labels.map((label, i) =>
          element('option', { attributes: { value: i } }, `${i} “${label}”`),
        ),
      );
    setText(
      this.found,
      twice === undefined
        ? t('No token occurs twice in this text. Pick any two: they are different words then.')
        : t('“{token}” stands at {first} and at {second}; or pick any two tokens.', {
            token: labels[twice[0]] ?? '',
            first: twice[0],
            second: twice[1],
          }),
    );
  }

  private saying({ same, places, cosines }: Likeness): string {
    const { t } = this;
    const numbers = numbersOf(cosines);
    const at = places.findIndex((place) => place.at === 'placed');
    const last = fourDecimals(numbers.at(-1) ?? Number.NaN);
    const first = fourDecimals(numbers[0] ?? Number.NaN);
    if (!same)
      return t(
        'Two different tokens: cosine {first} before positions, {last} after the last layer.',
        {
          first,
          last,
        },
      );
    return at < 0
      ? t(
          'The same token is the same vector, wherever it stands: cosine {first}. Only attention, which knows positions here, makes two of it: {last} after the last layer.',
          { first, last },
        )
      : t(
          'The same token is the same vector: cosine {first}. With positions added there are two: {placed}. After the last layer {last}.',
          { first, placed: fourDecimals(numbers[at] ?? Number.NaN), last },
        );
  }

  private rows({ places, cosines }: Likeness, theme: Theme): TableData {
    const { t } = this;
    const numbers = numbersOf(cosines);
    return {
      columns: [
        { name: t('Where'), kind: 'header' },
        { name: t('Cosine of the two'), kind: 'bar' },
      ],
      rows: places.map((place, i) => {
        const cosine = numbers[i] ?? Number.NaN;
        const bar = { text: fourDecimals(cosine), share: Math.abs(cosine) };
        // A bar of what points apart must not look like one of what is alike.
        const colour = theme.lines[1] ?? theme.foreground;
        return { cells: [placeWords(place, t), cosine < 0 ? { ...bar, colour } : bar] };
      }),
    };
  }
}

function placeWords(place: Likeness['places'][number], t: Translate): string {
  switch (place.at) {
    case 'token':
      return t('before positions');
    case 'placed':
      return t('with positions added');
    case 'block':
      return t('after layer {layer}', { layer: place.layer });
  }
}
