/** What becomes of the pronoun with heads muted: one by one, together, and random ones beside them. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, shortName } from '../../src/navigation/names';
import type { HeadAddress } from '../../src/protocol/headProfile';
import type { Answer } from '../../src/protocol/queries';
import type { Effect, TourPair } from '../../src/protocol/studies/tour';
import { NO_NUMBER } from '../parts/barCell';
import { element } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import type { ShownPair } from './tourWords';

type Muting = Answer<'tourMuting'>;

interface Line {
  readonly name: string;
  readonly title: string;
  readonly effects: Muting['together'];
  readonly kind: '' | 'tour-own-set';
}

export class MutingTable {
  readonly root: HTMLElement;
  private readonly head = element('thead');
  private readonly body = element('tbody');
  private readonly outputs: TwinTable;
  private answer: Muting | null = null;

  constructor(private readonly t: Translate) {
    const caption = t('Probability of the pronouns with heads muted');
    this.outputs = new TwinTable(t('What it writes each time'));
    this.root = element(
      'div',
      {},
      element(
        'div',
        { class: 'tour-room', attributes: { role: 'region', tabindex: 0, 'aria-label': caption } },
        element('table', { class: 'data-table tour-table' }, this.head, this.body),
      ),
      this.outputs.root,
    );
  }

  update(answer: Muting, heads: readonly HeadAddress[], { pair, words }: ShownPair): void {
    if (answer === this.answer) return;
    this.answer = answer;
    const lines = this.linesOf(answer, heads);
    const { t } = this;
    const over = (word: string): HTMLElement =>
      element(
        'th',
        { class: 'tour-over', attributes: { scope: 'colgroup', colspan: 3 } },
        `… ${word}`,
      );
    const chances = pair.pronouns.map((name) =>
      element('th', { class: 'column-number', attributes: { scope: 'col' } }, `P(${name})`),
    );
    const writes = (): HTMLElement =>
      element('th', { class: 'column-text', attributes: { scope: 'col' } }, t('Writes'));
    this.head.replaceChildren(
      element('tr', {}, element('td'), over(words[0]), over(words[1])),
      element(
        'tr',
        {},
        element('th', { attributes: { scope: 'col' } }, t('Muted')),
        ...chances,
        writes(),
        ...chances.map((cell) => cell.cloneNode(true)),
        writes(),
      ),
    );
    this.body.replaceChildren(...lines.map((line) => this.rowOf(line, answer.trained, pair)));
    this.outputs.update(JSON.stringify([pair, words]), () => ({
      columns: [
        { name: t('Muted'), kind: 'header' },
        { name: `… ${words[0]}`, kind: 'text' },
        { name: `… ${words[1]}`, kind: 'text' },
      ],
      rows: lines.map(({ name, effects }) => ({
        cells: [name, ...effects.map(({ output }) => output)],
      })),
    }));
  }

  private linesOf(answer: Muting, heads: readonly HeadAddress[]): Line[] {
    const { t } = this;
    const list = (some: readonly HeadAddress[]): string =>
      some.map((head) => shortName(head, t)).join(', ');
    return [
      { name: t('As trained'), title: t('As trained'), effects: answer.trained, kind: '' },
      ...answer.single.map((effects, index): Line => {
        const name = shortName(heads[index]!, t);
        return { name, title: name, effects, kind: '' };
      }),
      {
        name: t('together ({count})', { count: heads.length }),
        title: list(heads),
        effects: answer.together,
        kind: 'tour-own-set',
      },
      ...answer.draws.map(({ seed, heads: drawn, effects }): Line => ({
        name: t('random, seed {seed}', { seed }),
        title: list(drawn),
        effects,
        kind: '',
      })),
    ];
  }

  private rowOf({ name, title, effects, kind }: Line, trained: Muting['trained'], pair: TourPair) {
    const cells = effects.flatMap((effect, sentence) => {
      const other = effect.pronoun !== trained[sentence]!.pronoun;
      return [
        ...effect.probabilities.map((value) =>
          element(
            'td',
            { class: 'column-number' },
            value === null ? NO_NUMBER : fourDecimals(value),
          ),
        ),
        element(
          'td',
          {
            class: `column-text ${other ? 'tour-other' : ''}`.trim(),
            attributes: { title: effect.output },
          },
          this.writes(effect, pair),
        ),
      ];
    });
    return element(
      'tr',
      { class: kind },
      element('th', { class: 'token-name', attributes: { scope: 'row', title } }, name),
      ...cells,
    );
  }

  private writes({ pronoun }: Effect, { pronouns }: TourPair): string {
    return pronoun === null ? this.t('neither') : pronouns[pronoun];
  }
}
