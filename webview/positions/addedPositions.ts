/** Positions that are a vector each, added to the embeddings: sinusoids, or a learned table. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { labelsOf } from '../parts/labels';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import { chosenToken, tokenInSight } from '../inspector/tokenEntries';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { TwinTable } from '../parts/twinTable';
import { card } from '../parts/card';
import { DotProducts } from './dotProducts';
import { HeatMap } from './heatMap';
import type { Pieces } from './pieces';
import { isAdded, type Added } from './positionKind';
import { limitOf, WAVE_LIMIT } from './valueRange';
import { WaveCurves } from './waveCurves';

/** What is shown: the table of one side, and what its positions hold. */
export interface AddedSight {
  readonly view: View;
  readonly side: Side;
  readonly table: Pieces;
  readonly positions: Added;
  readonly labels: readonly string[];
}

export class AddedPositions implements Part {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly waves: WaveCurves;
  private readonly products: DotProducts;
  private readonly map = new HeatMap('map-readout');
  private readonly values: TwinTable;
  private view: View | null = null;
  private limit: { readonly key: string; readonly value: number } = { key: '', value: WAVE_LIMIT };

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const redraw = (): void => {
      if (this.view !== null) this.update(this.view);
    };
    this.waves = new WaveCurves(t, redraw);
    this.products = new DotProducts(t, commands, redraw);
    this.values = new TwinTable(t('The chosen position as a table'));
    this.content = element(
      'div',
      { class: 'positions' },
      this.waves.root,
      this.products.root,
      card(t('Position × dimension'), 'wide', this.map.root, this.values.root),
    );
    this.root = element('div', {}, this.waiting, this.words, this.content);
  }

  update(view: View): void {
    this.view = view;
    const positions = view.snapshot.plan?.model.positionKind;
    if (positions === undefined || !isAdded(positions)) return;
    const side: Side = view.navigation.token?.side ?? 'source';
    const table = view.positions[side];
    this.products.keep(view);
    const failed = table.failure ?? this.products.failure;
    const waiting = this.t('Asking the engine…');
    setText(this.waiting, failed === null ? waiting : describeFailure(failed, this.t));
    show(this.waiting, failed !== null || table.count === 0);
    show(this.content, table.count > 0);
    show(this.words, table.count > 0);
    if (table.count === 0) return;
    setText(this.words, describeKind(positions, this.t));
    const labels = labelsOf(tokensOf(view.snapshot, side));
    const sight = { view, side, table, positions, labels };
    show(this.waves.root, positions.kind === 'sinusoidal');
    if (positions.kind === 'sinusoidal') this.waves.update(sight, positions.layout);
    this.products.update(sight);
    this.drawMap(sight);
    this.drawValues(sight);
  }

  private drawMap({ view, side, table, positions, labels }: AddedSight): void {
    const { t } = this;
    const { count, width } = table;
    const key = `${view.snapshot.trace}/${side}/${table.filling}/${count}`;
    if (this.limit.key !== key)
      this.limit = { key, value: limitOf(positions, table) || WAVE_LIMIT };
    const limit = this.limit.value;
    const end = positions.kind === 'sinusoidal' ? String(limit) : limit.toPrecision(2);
    const chosen = tokenInSight(view);
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
        rest: t('Rows: positions. Columns: dimensions.'),
        describe: (position, dimension) =>
          t('position {position} (“{token}”), dimension {dimension}: {value}', {
            position,
            token: shortened(labels[position] ?? ''),
            dimension,
            value: fourDecimals(table.row(position)?.[dimension] ?? Number.NaN),
          }),
        chosen: chosen?.side === side ? chosen.index : null,
        ends: [t('dimension 0'), t('dimension {dimension}', { dimension: width - 1 })],
      },
      view.theme,
    );
  }

  private drawValues({ view, side, table }: AddedSight): void {
    const position = Math.min(table.count - 1, chosenToken(view)?.index ?? 0);
    const key = `${view.snapshot.trace}/${side}/${table.filling}/${position}`;
    this.values.update(key, () => ({
      columns: [
        { name: this.t('Dimension'), kind: 'header' },
        {
          name: this.t('Value at position {position}', { position }),
          kind: 'number',
        },
      ],
      rows: [...(table.row(position) ?? [])].map((value, dimension) => ({
        cells: [String(dimension), fourDecimals(value)],
      })),
    }));
  }
}

/** The number at the end of the line must stay in sight. */
const LONGEST_LABEL = 18;

const shortened = (label: string): string =>
  [...label].length > LONGEST_LABEL ? `${[...label].slice(0, LONGEST_LABEL - 1).join('')}…` : label;

function describeKind(positions: Added, t: Translate): string {
  if (positions.kind === 'learned')
    return t(
      'Learned positions: a vector for each position, trained like the embeddings and added to them. No formula says what they hold.',
    );
  return positions.layout === 'interleaved'
    ? t('Layout: interleaved, as in the paper — even dimensions are sines, odd ones cosines.')
    : t(
        'Layout: halves, as in Marian — the first half of the dimensions are sines, the second half cosines.',
      );
}
