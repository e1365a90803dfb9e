/** The vectors of a layer's heads as strips of signed colours, folded: one row a head, b_O, and their sum. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import { element } from '../parts/element';
import type { Theme } from '../parts/theme';
import { TwinTable } from '../parts/twinTable';
import { largestAmount } from '../positions/valueRange';
import type { HeadsSight } from './headsSight';
import { NamedMap } from '../parts/namedMap';

interface Strip {
  readonly name: string;
  readonly values: Float32Array;
}

export class HeadStrips {
  readonly root: HTMLDetailsElement;
  private readonly map = new NamedMap('head-strips-readout');
  private readonly twin: TwinTable;
  private wanted: (() => void) | null = null;

  constructor(private readonly t: Translate) {
    this.twin = new TwinTable(t('The vectors as a table'));
    this.root = element(
      'details',
      { class: 'twin', on: { toggle: () => this.fill() } },
      element('summary', {}, t('The vectors, dimension by dimension')),
      element(
        'p',
        { class: 'hint' },
        t('In every column the heads’ numbers and b_O add up to that of the sum.'),
      ),
      this.map.root,
      this.twin.root,
    );
  }

  update(sight: HeadsSight, answer: Answer<'headShares'>, theme: Theme, key: string): void {
    this.wanted = () => this.draw(sight, answer, theme, key);
    this.fill();
  }

  private fill(): void {
    if (this.root.open) this.wanted?.();
  }

  private draw(
    { head }: HeadsSight,
    answer: Answer<'headShares'>,
    theme: Theme,
    key: string,
  ): void {
    const { t } = this;
    const strips = this.stripsOf(answer);
    const width = answer.output.shape[0] ?? 0;
    const limit = Math.max(...strips.map(({ values }) => largestAmount(values)));
    const names = strips.map(({ name }) => name);
    this.map.update(
      names,
      {
        columns: width,
        values: () => Float32Array.from(strips.flatMap(({ values }) => [...values])),
        key,
        limit,
        low: `−${limit.toPrecision(2)}`,
        high: limit.toPrecision(2),
        note: '',
        name: t('Vectors of {count} heads by {width} dimensions, and their sum', {
          count: answer.vectors.shape[0] ?? 0,
          width,
        }),
        rest: t('Rows: heads. Columns: dimensions.'),
        describe: (row, dimension) =>
          t('{name}, dimension {dimension}: {value}', {
            name: names[row] ?? '',
            dimension,
            value: fourDecimals(strips[row]?.values[dimension] ?? Number.NaN),
          }),
        chosen: head,
        ends: [t('dimension 0'), t('dimension {dimension}', { dimension: width - 1 })],
      },
      theme,
    );
    this.twin.update(key, () => ({
      columns: [
        { name: t('Dimension'), kind: 'header' },
        ...names.map((name) => ({ name, kind: 'number' as const })),
      ],
      rows: Array.from({ length: width }, (_, dimension) => ({
        cells: [
          String(dimension),
          ...strips.map(({ values }) => fourDecimals(values[dimension] ?? Number.NaN)),
        ],
      })),
    }));
  }

  private stripsOf({ vectors, bias, output }: Answer<'headShares'>): Strip[] {
    const numbers = numbersOf(vectors);
    const [heads = 0, width = 0] = vectors.shape;
    return [
      ...Array.from({ length: heads }, (_, head) => ({
        name: `H${head}`,
        values: numbers.subarray(head * width, (head + 1) * width),
      })),
      ...(bias === null ? [] : [{ name: 'b_O', values: numbersOf(bias) }]),
      { name: this.t('Sum'), values: numbersOf(output) },
    ];
  }
}
