/** From q · k to the weight, for every key at once: scale, position bias, mask and softmax as columns of one table. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';
import { DataTable, type Cell, type Column, type Row, type TableData } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import type { FormulaName } from '../learn/formula/formulas';
import { heaviestKeys } from './heaviestKeys';
import { StepPane } from './stepPane';
import { isSeen, type Shown } from './shown';

/** More rows than this are asked for one by one: a long text has hundreds that weigh nothing. */
const MOST_ROWS = 24;
/** How near a factor must be to 1/√d_k to be called that: float32 keeps seven digits. */
const SAME_FACTOR = 1e-6;

export class WeightsPane {
  readonly root: HTMLElement;
  private readonly pane: StepPane;
  private readonly table: DataTable;
  private readonly filled = element('p', { class: 'step-filled' });
  private readonly room: HTMLElement;
  private readonly more: HTMLButtonElement;
  private all = false;
  private last: Shown | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.table = new DataTable(t('Scores and weights of every key'));
    this.more = element('button', {
      class: 'link',
      attributes: { type: 'button' },
      on: {
        click: () => {
          this.all = !this.all;
          if (this.last !== null) this.update(this.last);
        },
      },
    });
    this.room = element('div', { class: 'key-room' }, this.table.root);
    this.pane = new StepPane(t, 4, this.room, this.more, this.filled);
    this.root = this.pane.root;
  }

  update(shown: Shown): void {
    this.last = shown;
    const { t } = this;
    const { steps, asked, keys } = shown;
    const { scores, weights } = steps.differences;
    this.pane.update({
      title: t('Scale, mask, softmax: from product to weight'),
      formulas: this.formulas(shown),
      words: this.words(shown),
      difference: Math.max(scores, weights),
    });
    setText(this.filled, this.filledIn(shown));
    const listed = this.all
      ? keys.map((_, key) => key)
      : heaviestKeys(numbersOf(steps.weights), MOST_ROWS, steps.key);
    const { stack, layer, head, query } = asked;
    const place = [shown.view.snapshot.trace, stack, layer, head, query, keys.length, listed];
    this.table.update(JSON.stringify(place), () => this.rows(shown, listed));
    this.table.mark(listed.indexOf(steps.key));
    this.room.classList.toggle('long', this.all && keys.length > MOST_ROWS);
    show(this.more, keys.length > MOST_ROWS);
    setText(
      this.more,
      this.all
        ? t('Show the {count} heaviest only', { count: MOST_ROWS })
        : t('The {shown} heaviest keys are shown. Show all {count}', {
            shown: listed.length,
            count: keys.length,
          }),
    );
  }

  private formulas({ steps, model }: Shown): readonly FormulaName[] {
    const kind = model.positionKind.kind;
    if (steps.bias !== null && (kind === 'alibi' || kind === 'relativeBias'))
      return [kind, 'softmax'];
    return [steps.scale === 1 ? 'dotScore' : 'scaledScores', 'softmax'];
  }

  private words(shown: Shown): string {
    const { t } = this;
    const { seen } = shown.steps;
    const hidden = shown.keys.length - (seen.last - seen.first + 1);
    return [
      t('Each row is a key. Choose one to take it apart.'),
      shown.steps.scale === 1 ? t('This model does not scale its products.') : '',
      hidden > 0
        ? t('The mask hides {count} of {all}: a softmax gives them exactly 0.', {
            count: hidden,
            all: shown.keys.length,
          })
        : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
  }

  /** The formula with the chosen key's numbers. */
  private filledIn(shown: Shown): string {
    const { steps, key } = shown;
    if (!isSeen(shown, steps.key))
      return this.t('“{key}” is not visible: its weight is 0.', { key });
    const at = (of: Parameters<typeof numbersOf>[0]): number => numbersOf(of)[steps.key] ?? 0;
    const { largest, sum } = steps.softmax;
    const score = fourDecimals(at(steps.scores));
    const scaled = steps.scale === 1 ? '' : ` ${this.by(shown)}`;
    const bias = steps.bias === null ? '' : ` + (${fourDecimals(at(steps.bias))})`;
    const softmax = this.t(
      'e^({score} − {largest}) ÷ {sum} = {weight}, where {sum} is Σ e^(score − {largest}) over all visible keys.',
      {
        score,
        largest: fourDecimals(largest),
        sum: fourDecimals(sum),
        weight: fourDecimals(at(steps.weights)),
      },
    );
    // Without scale and bias the product is the score.
    const made =
      scaled + bias === '' ? '' : `${fourDecimals(at(steps.raw))}${scaled}${bias} = ${score}; `;
    return `“${key}”: ${made}${softmax}`;
  }

  /** `÷ √64`, or the factor itself. */
  private by({ steps, model }: Shown): string {
    const paper = Math.abs(steps.scale * Math.sqrt(model.headWidth) - 1) < SAME_FACTOR;
    return paper ? `÷ √${model.headWidth}` : `× ${steps.scale.toPrecision(4)}`;
  }

  private rows(shown: Shown, listed: readonly number[]): TableData {
    const { t } = this;
    const { steps, keys, view } = shown;
    const bias = steps.bias === null ? null : numbersOf(steps.bias);
    const [raw, scaled] = [numbersOf(steps.raw), numbersOf(steps.scaled)];
    const [weights, sizes] = [numbersOf(steps.weights), numbersOf(steps.sizes)];
    const top = weights.reduce((most, weight) => Math.max(most, weight), 0);
    const number = (name: string, title: string): Column => ({ name, title, kind: 'number' });
    const scales = steps.scale !== 1;
    const colour = view.theme.kind === 'dark' || view.theme.kind === 'light' ? BAR : undefined;
    const weightCell = (key: number): Cell => {
      if (!isSeen(shown, key))
        return key > steps.seen.last ? t('not visible: later') : t('not visible: too far back');
      const weight = weights[key] ?? 0;
      const share = top === 0 ? 0 : weight / top;
      return { text: fourDecimals(weight), share, ...(colour === undefined ? {} : { colour }) };
    };
    return {
      columns: [
        { name: t('Key'), kind: 'header' },
        number('q · k', t('Product of query and key')),
        ...(scales ? [number(this.by(shown), t('After the scale'))] : []),
        ...(bias === null ? [] : [number(t('+ position'), t('What positions add'))]),
        { name: t('weight α'), kind: 'bar', title: t('After mask and softmax') },
        number('‖α v‖', t('Length of the weighted value: how much of z comes from this key')),
      ],
      rows: listed.map((key): Row => ({
        cells: [
          keys[key] ?? '',
          fourDecimals(raw[key] ?? 0),
          ...(scales ? [fourDecimals(scaled[key] ?? 0)] : []),
          ...(bias === null ? [] : [fourDecimals(bias[key] ?? 0)]),
          weightCell(key),
          isSeen(shown, key) ? fourDecimals(sizes[key] ?? 0) : '',
        ],
        kind: isSeen(shown, key) ? '' : 'unseen',
        go: () => this.commands.navigate({ key }),
      })),
    };
  }
}

/** As weights that a token looks at have it elsewhere. */
const BAR = 'var(--orange)';
