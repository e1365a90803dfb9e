/** Bias as colours, head × distance; of relative positions with the buckets below. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { contextOf, element, show } from '../parts/element';
import type { Theme } from '../parts/theme';
import { biasAt, type BiasSight } from './biasSight';
import { bucketRuns } from './biasRuns';
import { card } from '../parts/card';
import { HeatMap } from '../parts/heatMap';
import { largestAmount } from './valueRange';

export class BiasMap {
  readonly root: HTMLElement;
  private readonly map = new HeatMap('bias-readout');
  private readonly band = element('canvas', {
    class: 'bucket-band',
    attributes: { 'aria-hidden': 'true' },
  });
  private readonly bandWords: HTMLElement;
  private drawn = '';

  constructor(private readonly t: Translate) {
    this.bandWords = element(
      'p',
      { class: 'hint' },
      t(
        'The band below the map changes its shade where a bucket ends: distances of one shade share a number.',
      ),
    );
    this.root = card(t('Head × distance'), 'wide', this.map.root, this.band, this.bandWords);
  }

  update(sight: BiasSight): void {
    const { t } = this;
    const { view, answer, heads, distances, bias, key, head } = sight;
    const limit = largestAmount(bias) || 1;
    const end = limit.toPrecision(3);
    const { buckets } = answer;
    this.map.update(
      {
        rows: heads,
        columns: distances,
        values: () => bias,
        key,
        limit,
        low: `−${end}`,
        high: end,
        note: '',
        name: t('Bias: {heads} heads by {count} distances', { heads, count: distances }),
        rest: t('Rows: heads. Columns: key − query.'),
        describe: (row, column) => {
          const words = {
            head: row,
            distance: answer.first + column,
            value: fourDecimals(biasAt(sight, row, answer.first + column)),
          };
          const bucket = buckets?.[column];
          return bucket === undefined
            ? t('head {head}, distance {distance}: {value}', words)
            : t('head {head}, distance {distance}, bucket {bucket}: {value}', { ...words, bucket });
        },
        chosen: head,
        ends: [String(answer.first), String(answer.first + distances - 1)],
      },
      view.theme,
    );
    show(this.band, buckets !== null);
    show(this.bandWords, buckets !== null);
    if (buckets !== null) this.drawBand(sight, buckets, view.theme);
  }

  private drawBand({ answer, key }: BiasSight, buckets: readonly number[], theme: Theme): void {
    const wanted = `${key}/${theme.muted}/${theme.line}`;
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.band.width = buckets.length;
    this.band.height = 1;
    const context = contextOf(this.band);
    bucketRuns(answer.first, buckets).forEach(({ from, to }, i) => {
      context.fillStyle = i % 2 === 0 ? theme.muted : theme.line;
      context.fillRect(from - answer.first, 0, to - from + 1, 1);
    });
  }
}
