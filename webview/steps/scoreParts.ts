/** Content and position apart, where a model lets the two be separated exactly; else why not. */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { DataTable, type Row } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import type { Shown } from './shown';
import { signedBar } from './signedBar';

export class ScorePartsTable {
  readonly root: HTMLElement;
  private readonly table: DataTable;
  private readonly words = element('p', { class: 'hint' });

  constructor(private readonly t: Translate) {
    this.table = new DataTable(t('Content and position apart'));
    this.root = element(
      'div',
      { class: 'score-parts' },
      element('h4', { class: 'strip-title' }, t('Content and position apart')),
      this.table.root,
      this.words,
    );
  }

  update(shown: Shown): void {
    const { t } = this;
    const { parts } = shown.steps;
    show(this.table.root, parts.kind !== 'mixed');
    setText(this.words, this.explained(shown));
    if (parts.kind === 'mixed') return;
    const rows = this.rows(shown);
    const most = Math.max(...rows.map(({ value }) => Math.abs(value)));
    this.table.update(shown.stamp, () => ({
      columns: [
        { name: t('Part of the score'), kind: 'header' },
        { name: t('adds'), kind: 'bar' },
      ],
      rows: rows.map(({ name, value, kind }): Row => ({
        cells: [name, signedBar(value, most)],
        kind,
      })),
    }));
  }

  private rows({ steps }: Shown): { name: string; value: number; kind: string }[] {
    const { t } = this;
    const { parts, bias } = steps;
    const row = (name: string, value: number, kind = '') => ({ name, value, kind });
    const whole = numbersOf(steps.scaled)[steps.key] ?? 0;
    switch (parts.kind) {
      case 'added':
        return [
          row(t('content · content'), parts.contentContent),
          row(t('content · position'), parts.contentPosition),
          row(t('position · content'), parts.positionContent),
          row(t('position · position'), parts.positionPosition),
          ...(parts.biases === null ? [] : [row(t('with the biases b'), parts.biases)]),
          row(t('sum: the scaled score'), whole, 'sum'),
        ];
      case 'bias': {
        const position = bias === null ? 0 : (numbersOf(bias)[steps.key] ?? 0);
        return [
          row(t('content: scaled q · k'), parts.content),
          row(t('position bias'), parts.position),
          row(t('sum: the score'), whole + position, 'sum'),
        ];
      }
      case 'turned':
        return [
          row(t('not turned: q · k, scaled'), parts.unturned),
          row(t('turned: q′ · k′, scaled'), parts.turned),
        ];
      case 'mixed':
        return [];
    }
  }

  private explained({ steps: { parts }, model }: Shown): string {
    const { t } = this;
    switch (parts.kind) {
      case 'added':
        return t(
          'This layer reads embedding + position as it is, so the product can be multiplied out. The first word names the query’s part, the second the key’s.',
        );
      case 'bias':
        return model.positionKind.kind === 'alibi'
          ? t(
              'The head’s slope times the number of the key is added. The paper’s −slope · distance differs by one number that all of a query’s scores share, which a softmax does not see.',
            )
          : t(
              'A learned number for the distance is added: content and position stand side by side.',
            );
      case 'turned':
        return t(
          'Turning is no summand: the first number is what the content alone would score, the second, the score, is what the distance makes of it.',
        );
      case 'mixed':
        return {
          norm: t(
            'Not to be told apart here: a norm stands between the embeddings’ sum and W_Q, W_K, and mixes the two.',
          ),
          layers: t(
            'Not to be told apart here: the layers before have mixed content and position. In the first layer they are still apart.',
          ),
          cross: t(
            'Not to be told apart in cross-attention: both vectors have gone through layers that mixed content and position.',
          ),
        }[parts.why];
    }
  }
}
