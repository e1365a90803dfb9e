/** A norm of the model beside batch normalisation: whose result depends on another sentence. */
import type { Translate } from '../../src/language/translate';
import { labelAt } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { isRunning, querySide, tokensOf } from '../../src/navigation/traceState';
import type { Answer, Question } from '../../src/protocol/queries';
import { numbersOf, type WireTensor } from '../../src/protocol/wireTensor';
import type { NormPlace } from '../../src/protocol/studies/normalization';
import type { Half } from '../../src/protocol/address';
import { NamedMap } from '../parts/namedMap';
import { tinyNumber } from '../parts/tableCells';
import { Latest } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';
import { card } from '../parts/card';
import { element, setText, show } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { StudyState } from '../parts/studyState';
import { TwinTable } from '../parts/twinTable';
import { largestAmount } from '../positions/valueRange';
import { BatchTexts } from './batchTexts';

/** Which norm, and at which token of the side that its stack reads. */
export interface NormalizationBox {
  readonly half: Half;
  readonly layer: number;
  readonly which: NormPlace;
  readonly token: number;
}

export class NormalizationPart {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly own = element('p', { class: 'verdict' });
  private readonly batch = element('p', { class: 'verdict' });
  private readonly content: HTMLElement;
  private readonly texts: BatchTexts;
  private readonly map = new NamedMap('norms-readout');
  private readonly twin: TwinTable;
  private readonly state: StudyState;
  private readonly study: Latest<'normalization'>;
  private shown: { readonly view: View; readonly box: NormalizationBox } | null = null;
  private trace: string | null = null;
  private readonly stamps = new Stamps();

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.study = new Latest<'normalization'>(
      (question, signal, progress) => commands.ask('normalization', question, signal, progress),
      () => this.redraw(),
    );
    this.state = new StudyState(t, this.study);
    this.texts = new BatchTexts(t, () => this.redraw());
    this.twin = new TwinTable(t('Both norms as a table'));
    this.content = element(
      'div',
      {},
      this.own,
      this.batch,
      this.map.root,
      element(
        'p',
        { class: 'hint' },
        t(
          'Batch normalisation as in training, with the gain, bias (if any) and ε of the model’s own norm. In use it keeps averages of the training texts, so that the result depends on these.',
        ),
      ),
      this.twin.root,
    );
    this.root = card(
      t('Another sentence in the batch'),
      'wide',
      this.words,
      this.texts.root,
      this.state.root,
      this.content,
    );
    this.root.dataset['part'] = 'norms';
  }

  update(view: View, box: NormalizationBox): void {
    this.shown = { view, box };
    const { snapshot } = view;
    if (snapshot.trace !== this.trace) this.study.reset();
    this.trace = snapshot.trace;
    const batch = this.texts.value();
    this.study.want(isRunning(snapshot) || batch === null ? null : { ...box, ...batch });
    this.state.update();
    const { answer, answered } = this.study.known;
    show(this.content, answer !== null);
    this.showWords(view, box);
    if (answer === null || answered === null) return;
    this.showVerdicts(answer);
    this.showVectors(view, answered, answer);
  }

  private redraw(): void {
    if (this.shown !== null) this.update(this.shown.view, this.shown.box);
  }

  private label({ snapshot }: View, { half, token }: Question<'normalization'> | NormalizationBox) {
    return labelAt(tokensOf(snapshot, querySide(snapshot, half)), token);
  }

  private showWords(view: View, box: NormalizationBox): void {
    setText(
      this.words,
      this.t(
        'The batch is your text and two other sentences, each read by the model. Then one of them is replaced. What becomes of “{token}” of your text?',
        { token: this.label(view, box) },
      ),
    );
  }

  private showVerdicts({ kind, ownDifference, batchDifference, before }: Answer<'normalization'>) {
    const { t } = this;
    const name = nameOf(kind);
    setText(
      this.own,
      ownDifference === 0
        ? t(
            '{norm}: nothing changes, the largest difference is exactly 0. It reads this token alone.',
            {
              norm: name,
            },
          )
        : t('{norm}: the largest difference is {difference}.', {
            norm: name,
            difference: tinyNumber(ownDifference),
          }),
    );
    setText(
      this.batch,
      t(
        'BatchNorm: a dimension changes by up to {difference}. It reads the mean and variance of each feature over all {count} tokens of the batch.',
        { difference: fourDecimals(batchDifference), count: before.tokens },
      ),
    );
  }

  private showVectors(
    view: View,
    box: Question<'normalization'>,
    answer: Answer<'normalization'>,
  ): void {
    const { t } = this;
    const { kind, input, before, after } = answer;
    const own = nameOf(kind);
    const read = { name: t('before the norm'), values: numbersOf(input) };
    const rows = [
      read,
      ...changeOf(own, before.own, after.own, t),
      ...changeOf('BatchNorm', before.batch, after.batch, t),
    ];
    const width = input.shape[0] ?? 0;
    // What stands before the norm may be far larger: each row of norms must keep its colours.
    const limit = Math.max(...rows.slice(1).map(({ values }) => largestAmount(values)));
    const names = rows.map(({ name }) => name);
    const numbers = [
      read,
      ...resultsOf(own, before.own, after.own, t),
      ...resultsOf('BatchNorm', before.batch, after.batch, t),
    ];
    const key = this.stamps.of(answer);
    this.map.update(
      names,
      {
        columns: width,
        values: () => Float32Array.from(rows.flatMap(({ values }) => [...values])),
        key,
        limit,
        low: `−${limit.toPrecision(2)}`,
        high: limit.toPrecision(2),
        note: '',
        name: t('“{token}” before and after both norms, {width} dimensions', {
          token: this.label(view, box),
          width,
        }),
        rest: t('Columns: dimensions.'),
        describe: (row, dimension) =>
          t('{name}, dimension {dimension}: {value}', {
            name: names[row] ?? '',
            dimension,
            value: fourDecimals(rows[row]?.values[dimension] ?? Number.NaN),
          }),
        chosen: null,
        ends: [t('dimension 0'), t('dimension {dimension}', { dimension: width - 1 })],
      },
      view.theme,
    );
    this.twin.update(key, () => ({
      columns: [
        { name: t('Dimension'), kind: 'header' },
        ...numbers.map(({ name }) => ({ name, kind: 'number' as const })),
      ],
      rows: Array.from({ length: width }, (_, dimension) => ({
        cells: [
          String(dimension),
          ...numbers.map(({ values }) => fourDecimals(values[dimension] ?? Number.NaN)),
        ],
      })),
    }));
  }
}

interface NamedRow {
  readonly name: string;
  readonly values: Float32Array;
}

/** A norm's result in either batch. */
const resultsOf = (
  norm: string,
  before: WireTensor,
  after: WireTensor,
  t: Translate,
): NamedRow[] => [
  { name: norm, values: numbersOf(before) },
  { name: t('{norm}, replaced', { norm }), values: numbersOf(after) },
];

/** A norm's result in the first batch, and what the second one changes of it. */
function changeOf(norm: string, before: WireTensor, after: WireTensor, t: Translate): NamedRow[] {
  const [first, second] = [numbersOf(before), numbersOf(after)];
  return [
    { name: norm, values: first },
    { name: t('its change'), values: second.map((value, d) => value - first[d]!) },
  ];
}

const nameOf = (kind: Answer<'normalization'>['kind']): string =>
  kind === 'rms' ? 'RMSNorm' : 'LayerNorm';
