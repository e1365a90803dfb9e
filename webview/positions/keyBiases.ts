/** For the chosen query: what the chosen head adds to the score of each key. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { entryOfToken } from '../inspector/tokenEntries';
import type { Commands } from '../inspector/view';
import type { Row } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { biasAt, type BiasSight } from './biasSight';

export class KeyBiases {
  readonly root: HTMLElement;
  private readonly title = element('h3', { class: 'small-title' });
  private readonly twin: TwinTable;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.twin = new TwinTable(t('Bias of each key'));
    this.twin.root.open = true;
    this.root = element('section', { class: 'card wide' }, this.title, this.twin.root);
  }

  update(sight: BiasSight): void {
    const { t } = this;
    const { view, origin, labels, side, head, answer, key } = sight;
    setText(
      this.title,
      t('From query “{token}” at position {position}, head {head}', {
        token: labels[origin] ?? '',
        position: origin,
        head,
      }),
    );
    const buckets = answer.buckets;
    const { unit } = view.navigation;
    this.twin.update(
      `${key}/${origin}/${labels.length}/${head}/${unit}`,
      () => ({
        columns: [
          { name: t('Position'), kind: 'position' },
          { name: t('Token'), kind: 'header' },
          { name: t('Key − query'), kind: 'number' },
          ...(buckets === null ? [] : [{ name: t('Bucket'), kind: 'number' as const }]),
          { name: t('Bias'), kind: 'number' },
        ],
        rows: labels.flatMap((label, index): Row[] => {
          const distance = index - origin;
          const value = biasAt(sight, head, distance);
          // Beyond what the stack can see.
          if (Number.isNaN(value)) return [];
          const bucket = buckets?.[distance - answer.first];
          return [
            {
              cells: [
                String(index),
                label,
                String(distance),
                ...(bucket === undefined ? [] : [String(bucket)]),
                fourDecimals(value),
              ],
              go: () => this.commands.choose(entryOfToken(view, { side, index }), true),
            },
          ];
        }),
      }),
      origin,
    );
  }
}
