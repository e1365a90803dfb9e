/** What a beam search came to, best first, each to be put on screen. */
import type { Translate } from '../../../src/language/translate';
import { visibleText } from '../../../src/navigation/labels';
import { signedFourDecimals } from '../../../src/navigation/names';
import type { Hypothesis } from '../../../src/protocol/writing';
import { DataTable, type Row } from '../../parts/dataTable';
import { element } from '../../parts/element';

export class HypothesesTable {
  readonly root: HTMLElement;
  private readonly table: DataTable;

  constructor(
    private readonly t: Translate,
    private readonly choose: (hypothesis: Hypothesis) => void,
  ) {
    this.table = new DataTable(t('What the search came to'));
    this.root = element(
      'div',
      { class: 'hypotheses' },
      element('h4', { class: 'text-name' }, t('What the search came to')),
      this.table.root,
    );
  }

  /** @param shown which of them is on screen; null: none */
  update(hypotheses: readonly Hypothesis[], shown: number | null): void {
    const { t } = this;
    this.table.update(JSON.stringify([hypotheses, shown]), () => ({
      columns: [
        { name: t('Rank'), kind: 'position' },
        { name: t('Output'), kind: 'header' },
        { name: t('Score'), kind: 'number', title: t('Sum ÷ length ^ length penalty') },
        { name: t('Tokens'), kind: 'number' },
        { name: t('Show'), kind: 'text' },
      ],
      rows: hypotheses.map((one, i): Row => {
        const text = visibleText(one.text);
        return {
          kind: i === 0 ? 'winner' : '',
          cells: [
            String(i + 1),
            text,
            signedFourDecimals(one.score),
            String(one.ids.length),
            i === shown ? t('on screen') : { text: '', content: this.button(one, text) },
          ],
        };
      }),
    }));
    this.table.mark(shown);
  }

  private button(hypothesis: Hypothesis, text: string): HTMLElement {
    return element(
      'button',
      {
        class: 'small',
        attributes: {
          type: 'button',
          'aria-label': this.t('Show “{output}”', { output: text }),
          title: this.t('Reads these tokens as the output: attention and probabilities of each'),
        },
        on: { click: () => this.choose(hypothesis) },
      },
      this.t('Show'),
    );
  }
}
