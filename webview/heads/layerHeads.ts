/** What the heads of one layer add to a token: lengths, directions, and that it all adds up. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, layerName } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands, View } from '../inspector/view';
import { formula } from '../learn/formula/formulas';
import { card } from '../parts/card';
import { element, setText } from '../parts/element';
import { HeadActions } from './headActions';
import type { HeadsSight } from './headsSight';
import { HeadStrips } from './headStrips';
import { SortableTable, type SortableColumn, type SortableRow } from '../parts/sortableTable';
import { headerCell, lengthCell, numberCell, signedCell, tinyNumber } from '../parts/tableCells';

export interface LayerSight {
  readonly view: View;
  readonly sight: HeadsSight & { readonly layer: number };
  readonly answer: Answer<'headShares'>;
  /** What each head adds to the logit of the predicted token, and that token; null: nothing known. */
  readonly direct: { readonly shares: Float32Array; readonly token: string } | null;
  /** Changes whenever an answer does. */
  readonly key: string;
}

export class LayerHeads {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly check = element('p', { class: 'hint checked' });
  private readonly table: SortableTable;
  private readonly strips: HeadStrips;
  private readonly actions: HeadActions;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.table = new SortableTable(t('What each head adds'), 1, true);
    this.strips = new HeadStrips(t);
    this.actions = new HeadActions(t, commands);
    this.root = card(
      t('What the heads add'),
      'wide',
      this.words,
      formula('headSum', t),
      element('div', { class: 'wide-table' }, this.table.root),
      this.check,
      this.actions.root,
      this.strips.root,
    );
  }

  update(shown: LayerSight): void {
    const { t } = this;
    const { sight, answer, view, direct, key } = shown;
    const { stack, layer, head, label } = sight;
    setText(
      this.words,
      t(
        '“{token}” in layer {layer}: each head’s z meets its own rows of W_O. Their vectors, added up with b_O, are all that this attention adds to the token.',
        { token: label, layer: layerName(stack, layer) },
      ),
    );
    setText(
      this.check,
      t(
        'Lengths do not add up, vectors do. Checked: added up they differ from what the sub-layer gave by at most {difference} in any of {width} dimensions.',
        {
          difference: tinyNumber(answer.largestDifference),
          width: answer.output.shape[0] ?? 0,
        },
      ),
    );
    this.actions.update(head === null ? null : { stack, layer, head });
    this.table.update(`${key}/${head}/${view.theme.kind}`, () => ({
      columns: this.columns(direct?.token ?? null),
      rows: this.rows(shown),
      foot: this.sums(answer, direct !== null),
    }));
    this.strips.update(sight, answer, view.theme, key);
  }

  private columns(token: string | null): SortableColumn[] {
    const { t } = this;
    return [
      { name: t('Head'), kind: 'header', first: 'smallest' },
      {
        name: '‖z·W_O‖',
        kind: 'bar',
        title: t('Length of the vector that the head adds'),
        first: 'largest',
      },
      {
        name: t('Cosine'),
        kind: 'number',
        title: t('How far it points the way the whole sum does: 1 the same, 0 across, −1 against'),
        first: 'largest',
      },
      ...(token === null
        ? []
        : [
            {
              name: t('to “{token}”', { token }),
              kind: 'bar' as const,
              title: t('What it adds to the logit of that token by itself: its direct share'),
              first: 'largest' as const,
            },
          ]),
    ];
  }

  private rows({ sight, answer, view, direct }: LayerSight): SortableRow[] {
    const { signed, looksAt } = view.theme;
    const norms = numbersOf(answer.norms);
    const cosines = numbersOf(answer.cosines);
    const most = Math.max(...norms, answer.biasNorm ?? 0);
    const furthest = Math.max(...(direct?.shares.map(Math.abs) ?? [0]));
    return Array.from(norms, (norm, head) => {
      const { stack, layer } = sight;
      const share = direct?.shares[head] ?? 0;
      return {
        values: [head, norm, cosines[head]!, share],
        cells: [
          headerCell(`H${head}`, () => this.commands.navigate({ stack, layer, head })),
          lengthCell(norm, most, looksAt),
          numberCell(fourDecimals(cosines[head]!)),
          ...(direct === null ? [] : [signedCell(share, furthest, signed)]),
        ],
        chosen: head === sight.head,
      };
    });
  }

  private sums({ biasNorm, outputNorm }: Answer<'headShares'>, direct: boolean): HTMLElement[][] {
    const rest = direct ? [numberCell('')] : [];
    const length = (value: number): HTMLElement =>
      element(
        'td',
        { class: 'number' },
        element('span', { class: 'cell-number' }, fourDecimals(value)),
      );
    return [
      ...(biasNorm === null
        ? []
        : [[headerCell('b_O'), length(biasNorm), numberCell(''), ...rest]]),
      [headerCell(this.t('Sum')), length(outputNorm), numberCell(fourDecimals(1)), ...rest],
    ];
  }
}
