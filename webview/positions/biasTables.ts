/** The numbers behind the lines: the slope of each head, or what each head adds for each bucket. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals, nineDigits } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';
import type { Row, TableData } from '../parts/dataTable';
import { element, show } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { biasAt, type BiasSight } from './biasSight';
import { bucketRuns, distanceWords } from './biasRuns';

export class BiasTables {
  readonly root: HTMLElement;
  private readonly slopes: TwinTable;
  private readonly buckets: TwinTable;
  private readonly heading: HTMLElement;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.slopes = new TwinTable(t('Slope of each head'));
    this.buckets = new TwinTable(t('Bias by bucket and head'));
    for (const twin of [this.slopes, this.buckets]) twin.root.open = true;
    this.heading = element('h3', { class: 'small-title' }, t('Numbers'));
    this.root = element(
      'section',
      { class: 'card' },
      this.heading,
      this.slopes.root,
      this.buckets.root,
    );
  }

  update(sight: BiasSight): void {
    const { answer, key, head, view } = sight;
    show(this.slopes.root, answer.slopes !== null);
    show(this.buckets.root, answer.buckets !== null);
    const { stack, layer } = view.navigation;
    if (answer.slopes !== null)
      this.slopes.update(`${key}/${stack}/${layer}`, () => this.slopeRows(sight), head);
    if (answer.buckets !== null) this.buckets.update(key, () => this.bucketRows(sight));
  }

  private slopeRows({ view, answer, stack }: BiasSight): TableData {
    const { t } = this;
    const rows = [...(answer.slopes === null ? [] : numbersOf(answer.slopes))].map(
      (slope, head): Row => ({
        cells: [`H${head}`, nineDigits(slope), `−${nineDigits(slope)} · ${t('distance')}`],
        // The mean over layers has no single heads to choose.
        go: () =>
          this.commands.navigate({
            stack,
            head,
            ...(view.navigation.layer === 'mean' ? { layer: 0 } : {}),
          }),
      }),
    );
    return {
      columns: [
        { name: t('Head'), kind: 'header' },
        { name: t('Slope m'), kind: 'number' },
        { name: t('Bias'), kind: 'number' },
      ],
      rows,
    };
  }

  private bucketRows(sight: BiasSight): TableData {
    const { t } = this;
    const { answer, heads } = sight;
    const every = Array.from({ length: heads }, (_, head) => head);
    return {
      columns: [
        { name: t('Bucket'), kind: 'position' },
        { name: t('Distances'), kind: 'header' },
        ...every.map((head) => ({ name: `H${head}`, kind: 'number' as const })),
      ],
      rows: bucketRuns(answer.first, answer.buckets ?? []).map((run) => ({
        cells: [
          String(run.bucket),
          distanceWords(run),
          ...every.map((head) => fourDecimals(biasAt(sight, head, run.from))),
        ],
      })),
    };
  }
}
