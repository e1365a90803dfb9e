/** The feed-forward network of a layer at a token: the same at every place, and its strongest neurons. */
import type { Translate } from '../../src/language/translate';
import { candidateName, labelAt } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { isRunning, querySide, tokensOf } from '../../src/navigation/traceState';
import type { Answer } from '../../src/protocol/queries';
import type { Half } from '../../src/protocol/address';
import type { Token } from '../../src/protocol/trace';
import { numbersOf } from '../../src/protocol/wireTensor';
import { SortableTable, type SortableRow } from '../parts/sortableTable';
import { headerCell, lengthCell, numberCell, signedCell, tinyNumber } from '../parts/tableCells';
import { Latest } from '../inspector/latest';
import { entryOfToken } from '../inspector/tokenEntries';
import type { Commands, View } from '../inspector/view';
import { card } from '../parts/card';
import { element, setAttribute, setText, show } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { StudyState } from '../parts/studyState';
import { largestAmount } from '../positions/valueRange';

/** Which network, and at which token of the side that its stack reads. */
export interface FeedForwardBox {
  readonly half: Half;
  readonly layer: number;
  readonly token: number;
}

export class FeedForwardPart {
  readonly root: HTMLElement;
  private readonly same = element('p', { class: 'hint checked' });
  private readonly words = element('p', { class: 'hint' });
  private readonly content: HTMLElement;
  private readonly neurons: SortableTable;
  private readonly openedTitle = element('h4', { class: 'map-title' });
  private readonly opened: HTMLElement;
  private readonly places: SortableTable;
  private readonly state: StudyState;
  private readonly study: Latest<'neurons'>;
  private shown: { readonly view: View; readonly box: FeedForwardBox } | null = null;
  private trace: string | null = null;
  /** The neuron whose activations are shown, by number. */
  private open: number | null = null;
  private readonly stamps = new Stamps();

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.study = new Latest<'neurons'>(
      (question, signal, progress) => commands.ask('neurons', question, signal, progress),
      () => this.redraw(),
    );
    this.state = new StudyState(t, this.study);
    this.neurons = new SortableTable(t('The strongest neurons'), 2, true);
    this.places = new SortableTable(t('One neuron at every token'), 0, false);
    this.opened = element(
      'div',
      { class: 'opened-neuron' },
      this.openedTitle,
      element(
        'div',
        {
          class: 'twin-room',
          attributes: { role: 'region', tabindex: 0, 'aria-label': t('One neuron at every token') },
        },
        this.places.root,
      ),
    );
    this.content = element(
      'div',
      {},
      this.same,
      this.words,
      element('div', { class: 'wide-table' }, this.neurons.root),
      this.opened,
    );
    this.root = card(t('Feed-forward network at the token'), 'wide', this.state.root, this.content);
    this.root.dataset['part'] = 'neurons';
  }

  update(view: View, box: FeedForwardBox): void {
    this.shown = { view, box };
    const { snapshot } = view;
    if (snapshot.trace !== this.trace) this.study.reset();
    this.trace = snapshot.trace;
    this.study.want(isRunning(snapshot) ? null : { ...box });
    this.state.update();
    const { answer, answered } = this.study.known;
    show(this.content, answer !== null);
    // While the next answer is on its way the last one stays, under its own token.
    if (answer === null || answered === null) return;
    this.showWords(view, answered, answer);
    this.showNeurons(view, answer);
    this.showOpened(view, answered, answer);
  }

  private redraw(): void {
    if (this.shown !== null) this.update(this.shown.view, this.shown.box);
  }

  private showWords(view: View, box: FeedForwardBox, answer: Answer<'neurons'>): void {
    const { t } = this;
    const { permuted, permutedDifference, positive, width, neurons } = answer;
    setText(
      this.same,
      t(
        'The same weights at every place, and no token sees another: the {count} tokens put in reverse order gave the same outputs in reverse order; the largest difference is {difference}.',
        { count: permuted, difference: tinyNumber(permutedDifference) },
      ),
    );
    setText(
      this.words,
      t(
        'At “{token}” {positive} of {width} neurons are above 0. The sub-layer adds a vector of length {output}; the {shown} strongest neurons together write one of length {part}.',
        {
          token: labelAt(this.tokens(view, box.half), box.token),
          positive,
          width,
          output: fourDecimals(answer.outputNorm),
          shown: neurons.length,
          part: fourDecimals(answer.shownNorm),
        },
      ),
    );
  }

  private showNeurons({ theme }: View, answer: Answer<'neurons'>): void {
    const { t } = this;
    const { neurons } = answer;
    const promotes = neurons.some((neuron) => neuron.promotes !== null);
    this.neurons.update(`${this.stamps.of(answer)}/${this.open}/${theme.kind}`, () => ({
      columns: [
        { name: t('Neuron'), kind: 'header', first: 'smallest' },
        {
          name: t('Activation value'),
          kind: 'number',
          title: t('After the non-linearity (and gate)'),
          first: 'largest',
        },
        {
          name: t('Length written'),
          kind: 'bar',
          title: t('|activation| times the length of the neuron’s row of W₂'),
          first: 'largest',
        },
        ...(promotes
          ? [
              {
                name: t('Promotes'),
                kind: 'text' as const,
                title: t(
                  'Tokens whose output columns have the largest products with what it writes: direct, before the final norm',
                ),
                first: 'smallest' as const,
              },
            ]
          : []),
      ],
      rows: neurons.map((neuron, place): SortableRow => {
        const name = headerCell(String(neuron.index), () => this.toggle(neuron.index));
        const button = name.querySelector('button');
        if (button) setAttribute(button, 'aria-expanded', String(neuron.index === this.open));
        return {
          values: [neuron.index, neuron.activation, neuron.writes, place],
          cells: [
            name,
            numberCell(fourDecimals(neuron.activation)),
            lengthCell(neuron.writes, neurons[0]?.writes ?? 0, theme.looksAt),
            ...(promotes ? [this.promoted(neuron)] : []),
          ],
          chosen: neuron.index === this.open,
        };
      }),
    }));
  }

  private promoted({ promotes }: Answer<'neurons'>['neurons'][number]): HTMLElement {
    const words = (promotes ?? []).map((token) =>
      element('span', { class: 'promoted', attributes: { dir: 'auto' } }, candidateName(token)),
    );
    return element('td', { class: 'column-text promotes' }, ...words);
  }

  private toggle(neuron: number): void {
    this.open = this.open === neuron ? null : neuron;
    this.redraw();
  }

  /** An opened neuron's activation at every token of the text. */
  private showOpened(view: View, box: FeedForwardBox, answer: Answer<'neurons'>): void {
    const { t, commands } = this;
    const row = answer.neurons.findIndex(({ index }) => index === this.open);
    show(this.opened, row >= 0);
    if (row < 0) return;
    const [, count = 0] = answer.activations.shape;
    const values = numbersOf(answer.activations).slice(row * count, (row + 1) * count);
    const most = largestAmount(values);
    const side = querySide(view.snapshot, box.half);
    setText(this.openedTitle, t('Neuron {neuron} at every token', { neuron: this.open ?? 0 }));
    const tokens = this.tokens(view, box.half);
    this.places.update(`${this.stamps.of(answer)}/${this.open}/${view.theme.kind}`, () => ({
      columns: [
        { name: t('Token'), kind: 'header', first: 'smallest' },
        { name: t('Activation value'), kind: 'bar', first: 'largest' },
      ],
      rows: Array.from(values, (value, place) => ({
        values: [place, value],
        cells: [
          headerCell(labelAt(tokens, place), () =>
            commands.choose(entryOfToken(view, { side, index: place }), true),
          ),
          signedCell(value, most, view.theme.signed),
        ],
        chosen: place === box.token,
      })),
    }));
  }

  private tokens({ snapshot }: View, half: Half): readonly Token[] {
    return tokensOf(snapshot, querySide(snapshot, half));
  }
}
