/** All positions by all dimensions as colours; the chosen row and the chosen column as tables. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { shorten } from '../drawing/axisLabels';
import { tokenInSight } from '../inspector/tokenEntries';
import { card } from '../parts/card';
import { TwinTable } from '../parts/twinTable';
import type { AddedSight } from './addedPositions';
import { layoutOf, pairAt } from './dimensions';
import { HeatMap } from '../parts/heatMap';
import type { PlaceChoice } from './placeChoice';
import { limitOf, WAVE_LIMIT } from './valueRange';

/** The number at the end of the line must stay in sight. */
const LONGEST_LABEL = 18;

export class AddedMap {
  readonly root: HTMLElement;
  private readonly map = new HeatMap('map-readout');
  private readonly row: TwinTable;
  private readonly column: TwinTable;
  private limit: { readonly key: string; readonly value: number } = { key: '', value: WAVE_LIMIT };

  constructor(
    private readonly t: Translate,
    private readonly choice: PlaceChoice,
  ) {
    this.row = new TwinTable(t('The chosen position as a table'));
    this.column = new TwinTable(t('The chosen dimension as a table'));
    this.root = card(
      t('Position × dimension'),
      'wide',
      this.map.root,
      this.row.root,
      this.column.root,
    );
  }

  update(sight: AddedSight): void {
    const { view, side, table, place, dimension } = sight;
    this.draw(sight);
    const key = `${view.snapshot.trace}/${side}/${table.filling}`;
    const { position } = place;
    this.row.update(`${key}/${position}`, () => this.rowTable(sight), dimension);
    this.column.update(
      `${key}/${table.count}/${dimension}`,
      () => this.columnTable(sight),
      position,
    );
  }

  private draw({ view, side, table, positions, labels, place, dimension }: AddedSight): void {
    const { t } = this;
    const { count, width } = table;
    const key = `${view.snapshot.trace}/${side}/${table.filling}/${count}`;
    if (this.limit.key !== key)
      this.limit = { key, value: limitOf(positions, table) || WAVE_LIMIT };
    const limit = this.limit.value;
    const end = positions.kind === 'sinusoidal' ? String(limit) : limit.toPrecision(2);
    const pointed = tokenInSight(view);
    const hovered = view.preview !== null && pointed?.side === side ? pointed.index : null;
    this.map.update(
      {
        rows: count,
        columns: width,
        values: () => table.whole(),
        key,
        limit,
        low: `−${end}`,
        high: end,
        note:
          positions.kind === 'learned' ? t('99 of 100 values lie within; the rest look alike') : '',
        name: t('Positional encoding: {count} positions by {width} dimensions', { count, width }),
        rest: t('Rows: positions. Columns: dimensions. Click or Enter chooses both.'),
        describe: (position, at) =>
          t('position {position} (“{token}”), dimension {dimension}: {value}', {
            position,
            token: shorten(labels[position] ?? '', LONGEST_LABEL),
            dimension: at,
            value: fourDecimals(table.row(position)?.[at] ?? Number.NaN),
          }),
        chosen: hovered ?? place.position,
        chosenColumn: dimension,
        pick: (position, at) =>
          this.choice.choose({ position, ...pairAt(at, width, layoutOf(positions)) }),
        ends: [t('dimension 0'), t('dimension {dimension}', { dimension: width - 1 })],
      },
      view.theme,
    );
  }

  private rowTable({ table, place }: AddedSight) {
    const { position } = place;
    return {
      columns: [
        { name: this.t('Dimension'), kind: 'header' as const },
        { name: this.t('Value at position {position}', { position }), kind: 'number' as const },
      ],
      rows: [...(table.row(position) ?? [])].map((value, dimension) => ({
        cells: [String(dimension), fourDecimals(value)],
      })),
    };
  }

  private columnTable({ table, labels, dimension }: AddedSight) {
    return {
      columns: [
        { name: this.t('Position'), kind: 'position' as const },
        { name: this.t('Token'), kind: 'header' as const },
        { name: this.t('Value in dimension {dimension}', { dimension }), kind: 'number' as const },
      ],
      rows: Array.from({ length: table.count }, (_, position) => ({
        cells: [
          String(position),
          labels[position] ?? '',
          fourDecimals(table.row(position)?.[dimension] ?? Number.NaN),
        ],
        go: () => this.choice.choose({ position }),
      })),
    };
  }
}
