/** What distance does in the loaded model, over the paper's curve: one axis for all kinds of positions. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Half } from '../../src/protocol/address';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands, View } from '../inspector/view';
import { card, chartRoom } from '../parts/card';
import { swatchOf } from '../parts/dataTable';
import { element, setAttribute, setText, show } from '../parts/element';
import { LINE_DASHES, LineChart, type Series } from '../parts/lineChart';
import { TwinTable } from '../parts/twinTable';
import { HeadSelect } from './headSelect';
import type { PlaceChoice } from './placeChoice';
import { TraceQuestion } from './traceQuestion';

type Effect = Answer<'distanceEffect'>;

export interface DistanceSight {
  readonly view: View;
  readonly half: Half;
  readonly head: number;
  readonly heads: number;
  readonly tokens: number;
}

export class DistanceCard {
  readonly root: HTMLElement;
  private readonly question: TraceQuestion<'distanceEffect'>;
  private readonly heads: HeadSelect;
  private readonly chart: LineChart;
  private readonly canvas: HTMLCanvasElement;
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly legend = element('p', { class: 'chart-legend' });
  private readonly twin: TwinTable;
  private sight: DistanceSight | null = null;
  private drawn = '';

  constructor(
    private readonly t: Translate,
    ask: Commands['ask'],
    choice: PlaceChoice,
  ) {
    this.question = new TraceQuestion(ask, 'distanceEffect', () => {
      if (this.sight !== null) this.update(this.sight);
    });
    this.heads = new HeadSelect('distance-head', t('Head'), (head) => choice.choose({ head }));
    const { room, canvas } = chartRoom();
    this.canvas = canvas;
    this.chart = new LineChart(canvas);
    this.twin = new TwinTable(t('What distance does, as a table'));
    this.content = element(
      'div',
      {},
      this.words,
      this.heads.root,
      room,
      this.legend,
      this.twin.root,
    );
    this.root = card(t('What distance does'), '', this.waiting, this.content);
  }

  update(sight: DistanceSight): void {
    this.sight = sight;
    const { view, half, head, heads, tokens } = sight;
    const { answer, answered, failure } = this.question.want(view, { half, head }, tokens);
    setText(
      this.waiting,
      failure === null ? this.t('Asking the engine…') : describeFailure(failure, this.t),
    );
    // Numbers of another stack must not stand under this one's name.
    const current = answered?.half === half ? answer : null;
    show(this.waiting, current === null);
    show(this.content, current !== null);
    this.heads.update(head, heads);
    if (current !== null) this.draw(sight, current);
  }

  private draw({ view, half, tokens }: DistanceSight, effect: Effect): void {
    const { t } = this;
    const { theme, snapshot } = view;
    show(this.heads.root, effect.head !== null);
    setText(this.words, wordsOf(effect, t));
    const values = numbersOf(effect.values);
    const formula = numbersOf(effect.formula);
    const { first, head } = effect;
    const name =
      effect.measure === 'cosine' ? t('mean cosine') : t('head {head}', { head: head ?? 0 });
    const key = JSON.stringify([snapshot.trace, half, head, effect.measure, values.length, tokens]);
    this.twin.update(key, () => this.rows(effect, name), -first);
    const wanted = `${key} ${theme.lines.join()}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    const [own, other] = [theme.lines[0] ?? theme.foreground, theme.muted];
    const paper = t('the paper’s sinusoids');
    this.legend.replaceChildren(
      swatchOf(own),
      name,
      ...(effect.lowest === null ? [] : [element('span', {}, t('(thin: lowest and highest)'))]),
      swatchOf(other),
      paper,
    );
    setAttribute(
      this.canvas,
      'aria-label',
      t(
        '{name} by distance from {from} to {to}, beside the paper’s curve; the table has every value.',
        {
          name,
          from: first,
          to: first + values.length - 1,
        },
      ),
    );
    const curve = (numbers: Float32Array): Series['points'] =>
      [...numbers].map((y, i) => ({ x: first + i, y }));
    const line = { colour: own, dash: [] };
    const thin = [effect.lowest, effect.highest].flatMap((tensor, i): Series[] =>
      tensor === null
        ? []
        : [
            {
              ...line,
              name: i === 0 ? t('lowest') : t('highest'),
              width: 0.5,
              points: curve(numbersOf(tensor)),
            },
          ],
    );
    const cosine = effect.measure === 'cosine';
    this.chart.draw(
      [
        { ...line, name, points: curve(values) },
        ...thin,
        {
          name: paper,
          colour: other,
          dash: LINE_DASHES[1] ?? [],
          points: curve(formula),
          // Cosines share one axis; scores have another.
          ...(cosine ? {} : { axis: 'right' as const }),
        },
      ],
      {
        x: t('key − query in positions'),
        y: unitOf(effect.measure, t),
        xRange: [first, Math.max(first + 1, first + values.length - 1)],
        yRange: null,
        ...(cosine ? {} : { right: t('cosine') }),
        decimals: 4,
        describeX: (x) => `k = ${x}`,
      },
      theme,
    );
  }

  private rows({ first, values, lowest, highest, formula, measure }: Effect, name: string) {
    const { t } = this;
    const columns = [
      { name: t('Key − query'), kind: 'header' as const },
      { name: `${name}: ${unitOf(measure, t)}`, kind: 'number' as const },
      ...(lowest === null ? [] : [{ name: t('lowest'), kind: 'number' as const }]),
      ...(highest === null ? [] : [{ name: t('highest'), kind: 'number' as const }]),
      { name: t('the paper’s sinusoids'), kind: 'number' as const },
    ];
    const numbers = [values, lowest, highest, formula].flatMap((tensor) =>
      tensor === null ? [] : [numbersOf(tensor)],
    );
    return {
      columns,
      rows: Array.from({ length: values.shape[0] ?? 0 }, (_, i) => ({
        cells: [String(first + i), ...numbers.map((of) => fourDecimals(of[i] ?? Number.NaN))],
      })),
    };
  }
}

function unitOf(measure: Effect['measure'], t: Translate): string {
  switch (measure) {
    case 'score':
      return t('score');
    case 'cosine':
      return t('cosine');
    case 'bias':
      return t('added to the score');
  }
}

function wordsOf({ measure }: Effect, t: Translate): string {
  switch (measure) {
    case 'score':
      return t(
        'Score that positions alone give a key through W_Q and W_K of the first layer, biases left out: mean over queries. Dashed, on its own axis: the dot product of the paper’s sinusoids of this width, ÷ its value at distance 0.',
      );
    case 'cosine':
      return t(
        'What turning by the distance leaves of q · k if all pairs are of one length: the mean of their cosines. Dashed: the same of the paper’s sinusoids of width d_model.',
      );
    case 'bias':
      return t(
        'What this model adds to a score for the distance between query and key. Dashed, on its own axis: the dot product of the paper’s sinusoids of this width, ÷ its value at distance 0.',
      );
  }
}
