/** Before or after: the dot product of positions cannot tell, a head's W_Q and W_K can. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer, Question } from '../../src/protocol/queries';
import { halfReading } from '../../src/protocol/stacks';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';
import { NO_NUMBER } from '../parts/barCell';
import { card, chartRoom } from '../parts/card';
import { element, setAttribute, setText, show } from '../parts/element';
import { LineChart } from '../parts/lineChart';
import { TwinTable } from '../parts/twinTable';
import type { AddedSight } from './addedPositions';
import { HeadSelect } from './headSelect';
import type { PlaceChoice } from './placeChoice';
import { TraceQuestion } from './traceQuestion';

type Scores = Answer<'positionScores'>;
type Asked = Question<'positionScores'>;

/** Keys on either side of the query: as many behind it as there are, for both sides to be compared. */
const LEAST_REACH = 8;
const MOST_REACH = 48;

export class OrderCard {
  readonly root: HTMLElement;
  private readonly question: TraceQuestion<'positionScores'>;
  private readonly heads: HeadSelect;
  private readonly biases: HTMLInputElement;
  private readonly withBiases: HTMLElement;
  private readonly plain: { chart: LineChart; canvas: HTMLCanvasElement };
  private readonly seen: { chart: LineChart; canvas: HTMLCanvasElement };
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly words = element('p', { class: 'hint' });
  private readonly content: HTMLElement;
  private readonly plainWords = element('p', { class: 'curve-words' });
  private readonly seenWords = element('p', { class: 'curve-words' });
  private readonly norm: HTMLElement;
  private readonly twin: TwinTable;
  private sight: AddedSight | null = null;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    ask: Commands['ask'],
    choice: PlaceChoice,
  ) {
    const again = (): void => {
      if (this.sight !== null) this.update(this.sight);
    };
    this.question = new TraceQuestion(ask, 'positionScores', again);
    this.heads = new HeadSelect('order-head', t('Head of the first layer'), (head) =>
      choice.choose({ head }),
    );
    this.biases = element('input', { attributes: { type: 'checkbox' }, on: { change: again } });
    this.withBiases = element(
      'label',
      { class: 'check' },
      this.biases,
      t('with biases b_Q and b_K'),
    );
    const [plain, seen] = [chartRoom(), chartRoom()];
    this.plain = { chart: new LineChart(plain.canvas), canvas: plain.canvas };
    this.seen = { chart: new LineChart(seen.canvas), canvas: seen.canvas };
    for (const { room } of [plain, seen]) room.classList.add('low');
    this.norm = element(
      'p',
      { class: 'hint' },
      t(
        'This model normalises before W_Q. Shown is what the head computes where every token’s own vector is zero; with tokens, the norm mixes both shares, and a score is no longer their sum.',
      ),
    );
    this.twin = new TwinTable(t('Before and after as a table'));
    this.content = element(
      'div',
      {},
      this.words,
      this.plainWords,
      plain.room,
      element('div', { class: 'order-controls' }, this.heads.root, this.withBiases),
      this.seenWords,
      seen.room,
      this.norm,
      this.twin.root,
    );
    this.root = card(t('Before or after'), '', this.waiting, this.content);
  }

  update(sight: AddedSight): void {
    this.sight = sight;
    const { view, side, place, limits } = sight;
    const { architecture } = view.snapshot.plan!.model;
    const half = halfReading(architecture, side);
    const { answer, answered, failure } = this.question.want(
      view,
      { half, head: place.head, position: place.position },
      sight.labels.length,
    );
    this.heads.update(place.head, limits.heads);
    setText(
      this.waiting,
      failure === null ? this.t('Asking the engine…') : describeFailure(failure, this.t),
    );
    show(this.waiting, answer === null);
    show(this.content, answer !== null);
    if (answer !== null && answered !== null) this.draw(sight, answer, answered);
  }

  private draw(sight: AddedSight, answer: Scores, asked: Asked): void {
    const { t } = this;
    const { view, place, positions } = sight;
    const { theme } = view;
    setText(
      this.words,
      positions.kind === 'sinusoidal'
        ? t(
            'The dot product of two positions is the same k before and k after: it tells how far, not on which side. Through a head’s W_Q and W_K it gets a side.',
          )
        : t(
            'The mean dot product is the same k before and k after; what W_Q and W_K of a head make of it need not be.',
          ),
    );
    show(this.withBiases, answer.biased !== null);
    show(this.norm, answer.normalised);
    const biased = this.biases.checked && answer.biased !== null;
    const scores = numbersOf(biased && answer.biased !== null ? answer.biased : answer.scores);
    const products = numbersOf(answer.products);
    const { position } = asked;
    const k = place.step;
    const pairOf = (values: Float32Array): [number, number] => [
      values[position - k] ?? Number.NaN,
      values[position + k] ?? Number.NaN,
    ];
    setText(
      this.plainWords,
      wordsOf(t('PE(p) · PE(p + k), the plain dot product'), pairOf(products), k, t),
    );
    const words = { head: asked.head, product: productOf(biased, answer.scale) };
    const name =
      biased || answer.biased === null
        ? t('{product} in head {head}', words)
        : t('{product} in head {head}, biases left out', words);
    setText(this.seenWords, wordsOf(name, pairOf(scores), k, t));
    const key = JSON.stringify([view.snapshot.trace, asked, products.length, biased]);
    const most = Math.min(MOST_REACH, products.length - 1);
    const reach = Math.min(most, Math.max(LEAST_REACH, position));
    this.twin.update(key, () => this.rows(position, reach, products, scores), k - 1);
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const colour = (i: number): string => theme.lines[i] ?? theme.foreground;
    const draw = (
      { chart, canvas }: OrderCard['plain'],
      values: Float32Array,
      what: string,
      y: string,
      line: string,
    ): void => {
      setAttribute(
        canvas,
        'aria-label',
        t('{what} from position {position}; the table has every value.', { what, position }),
      );
      const points = [...values].flatMap((value, p) =>
        Math.abs(p - position) <= reach ? [{ x: p - position, y: value }] : [],
      );
      chart.draw(
        [{ name: y, colour: line, dash: [], points }],
        {
          x: t('key − query in positions'),
          y,
          xRange: [-reach, reach],
          yRange: null,
          decimals: 4,
          describeX: (x) => `k = ${x} “${sight.labels[position + x] ?? ''}”`,
        },
        theme,
      );
    };
    draw(this.plain, products, 'PE(p) · PE(p + k)', t('dot product'), colour(0));
    draw(this.seen, scores, t('score'), t('score'), colour(1));
  }

  private rows(position: number, reach: number, products: Float32Array, scores: Float32Array) {
    const { t } = this;
    const words = (value: number | undefined): string =>
      value === undefined ? NO_NUMBER : fourDecimals(value);
    return {
      columns: [
        { name: 'k', kind: 'header' as const },
        { name: t('dot product, −k'), kind: 'number' as const },
        { name: t('dot product, +k'), kind: 'number' as const },
        { name: t('score, −k'), kind: 'number' as const },
        { name: t('score, +k'), kind: 'number' as const },
      ],
      rows: Array.from({ length: reach }, (_, i) => ({
        cells: [
          String(i + 1),
          words(products[position - i - 1]),
          words(products[position + i + 1]),
          words(scores[position - i - 1]),
          words(scores[position + i + 1]),
        ],
      })),
    };
  }
}

/** The score, as the model takes it: some do not divide. */
function productOf(biased: boolean, scale: number): string {
  const product = biased
    ? '(PE(p) W_Q + b_Q) · (PE(p + k) W_K + b_K)'
    : '(PE(p) W_Q) · (PE(p + k) W_K)';
  return scale === 1 ? product : `${product} ÷ √d_k`;
}

/** One step back and one ahead, side by side. */
function wordsOf(
  what: string,
  [back, ahead]: readonly [number, number],
  k: number,
  t: Translate,
): string {
  if (Number.isNaN(back) || Number.isNaN(ahead)) return what;
  return t('{what}: {k} back {back}, {k} ahead {ahead}', {
    what,
    k,
    back: fourDecimals(back),
    ahead: fourDecimals(ahead),
  });
}
