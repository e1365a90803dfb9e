/** The tokens of a given output with what the model would rather have written: the worst, and all of them. */
import { candidateName, labelAt } from '../../../src/navigation/labels';
import type { Translate } from '../../../src/language/translate';
import { DataTable, type TableData } from '../../parts/dataTable';
import { element } from '../../parts/element';
import { TwinTable } from '../../parts/twinTable';
import { largestLoss, lossShare, worstOf, type Loss, type TokenLoss } from './loss';
import { lossWords, probabilityWords } from './smallNumbers';

const WORST = 5;

export class LossTables {
  readonly root: HTMLElement;
  private readonly worst: DataTable;
  private readonly all: TwinTable;

  constructor(
    private readonly t: Translate,
    private readonly go: (step: number) => void,
  ) {
    this.worst = new DataTable(t('The tokens with the largest losses'));
    this.all = new TwinTable(t('The loss of every token as a table'));
    this.root = element(
      'div',
      { class: 'loss-tables' },
      element('h4', { class: 'small-title' }, t('Where it is least probable')),
      element('div', { class: 'loss-table-room' }, this.worst.root),
      this.all.root,
    );
  }

  /** @param key changes whenever the losses do */
  update(loss: Loss, key: string, step: number | null): void {
    const worst = worstOf(loss, WORST);
    this.worst.update(key, () => this.table(loss, worst));
    this.worst.mark(placeOf(worst, step));
    this.all.update(key, () => this.table(loss, loss.tokens), placeOf(loss.tokens, step));
  }

  private table(loss: Loss, tokens: readonly TokenLoss[]): TableData {
    const { t } = this;
    const labels = loss.tokens.map(({ written }) => written.token);
    const most = largestLoss(loss);
    return {
      columns: [
        { name: t('Step'), kind: 'position' },
        { name: t('Token'), kind: 'header' },
        { name: t('Loss'), kind: 'bar', title: t('−ln p, in nats') },
        { name: 'p', kind: 'number', title: t('Probability of the token') },
        { name: t('Rank'), kind: 'number', title: t('1: the likeliest token') },
        { name: t('The model prefers'), kind: 'text' },
      ],
      rows: tokens.map((one) => ({
        cells: [
          String(one.step + 1),
          labelAt(labels, loss.tokens.indexOf(one)),
          { text: lossWords(one.loss), share: lossShare(one.loss, most) },
          probabilityWords(one.written.probability),
          String(one.written.rank + 1),
          this.preferred(one),
        ],
        go: () => this.go(one.step),
      })),
    };
  }

  private preferred({ written: { rank, candidates } }: TokenLoss): string {
    const [best] = candidates;
    if (rank === 0 || best === undefined) return this.t('this very token');
    return this.t('“{token}” {probability}', {
      token: candidateName(best),
      probability: probabilityWords(best.probability),
    });
  }
}

function placeOf(tokens: readonly TokenLoss[], step: number | null): number | null {
  const found = tokens.findIndex((one) => one.step === step);
  return found < 0 ? null : found;
}
