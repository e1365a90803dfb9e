/** Positions that are a vector each, added to the embeddings: sinusoids, or a learned table. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import { halfReading } from '../../src/protocol/stacks';
import { chosenToken } from '../inspector/tokenEntries';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { labelsOf } from '../parts/labels';
import { AddedMap } from './addedMap';
import { dimensionsOf, layoutOf } from './dimensions';
import { DistanceCard } from './distanceCard';
import { DotProducts } from './dotProducts';
import { IdeaBar } from './ideaBar';
import { OrderCard } from './orderCard';
import { PairCards } from './pairCards';
import type { Pieces } from './pieces';
import { PlaceBar } from './placeBar';
import { PlaceChoice, type Place, type PlaceLimits } from './placeChoice';
import { isAdded, type Added } from './positionKind';
import { SameWordCard } from './sameWordCard';
import { WaveCurves } from './waveCurves';

/** What is shown: the table of one side, and what its positions hold. */
export interface AddedSight {
  readonly view: View;
  readonly side: Side;
  readonly table: Pieces;
  readonly positions: Added;
  readonly labels: readonly string[];
  readonly place: Place;
  readonly limits: PlaceLimits;
  /** The chosen pair's chosen dimension. */
  readonly dimension: number;
}

export class AddedPositions implements Part {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly choice = new PlaceChoice(() => this.redraw());
  private readonly ideas: IdeaBar;
  private readonly bar: PlaceBar;
  private readonly pairs: PairCards;
  private readonly waves: WaveCurves;
  private readonly map: AddedMap;
  private readonly products: DotProducts;
  private readonly order: OrderCard;
  private readonly sameWord: SameWordCard;
  private readonly distance: DistanceCard;
  private view: View | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const redraw = (): void => this.redraw();
    const { choice } = this;
    const { ask } = commands;
    this.pairs = new PairCards(t, ask, choice, redraw);
    this.waves = new WaveCurves(t, redraw);
    this.map = new AddedMap(t, choice);
    this.products = new DotProducts(t, ask, choice, redraw);
    this.order = new OrderCard(t, ask, choice);
    this.sameWord = new SameWordCard(t, commands);
    this.distance = new DistanceCard(t, ask, choice);
    this.bar = new PlaceBar(t, choice);
    const { formula, clocks, shift, waiting } = this.pairs;
    this.ideas = new IdeaBar(t, [
      { name: t('Formula'), root: formula.root },
      { name: t('Clocks'), root: clocks.root },
      { name: t('Curves'), root: this.waves.root },
      { name: t('Map'), root: this.map.root },
      { name: t('Dot product'), root: this.products.root },
      { name: t('Rotation'), root: shift.root },
      { name: t('Before or after'), root: this.order.root },
      { name: t('Same word'), root: this.sameWord.root },
      { name: t('Distance'), root: this.distance.root },
    ]);
    this.content = element(
      'div',
      {},
      this.ideas.root,
      waiting,
      element(
        'div',
        { class: 'positions' },
        formula.root,
        clocks.root,
        this.waves.root,
        this.map.root,
        this.products.root,
        shift.root,
        this.order.root,
        this.sameWord.root,
        this.distance.root,
      ),
      this.bar.root,
    );
    this.root = element('div', {}, this.waiting, this.words, this.content);
  }

  update(view: View): void {
    this.view = view;
    const model = view.snapshot.plan?.model;
    const positions = model?.positionKind;
    if (model === undefined || positions === undefined || !isAdded(positions)) return;
    const side: Side = chosenToken(view)?.side ?? 'source';
    const table = view.positions[side];
    const failed = table.failure ?? this.products.failure;
    const asking = this.t('Asking the engine…');
    setText(this.waiting, failed === null ? asking : describeFailure(failed, this.t));
    show(this.waiting, failed !== null || table.count === 0);
    show(this.content, table.count > 0);
    show(this.words, table.count > 0);
    if (table.count === 0) return;
    setText(this.words, describeKind(positions, this.t));
    const labels = labelsOf(tokensOf(view.snapshot, side));
    const half = halfReading(model.architecture, side);
    const limits: PlaceLimits = {
      side,
      positions: table.count,
      rows: model.positions,
      pairs: Math.floor(table.width / 2),
      heads: model.heads[half],
    };
    const place = this.choice.place(view, limits);
    const pairs = (pair: number) => dimensionsOf(pair, table.width, layoutOf(positions));
    const dimension = pairs(place.pair)[place.second ? 1 : 0];
    const sight: AddedSight = { view, side, table, positions, labels, place, limits, dimension };
    const tokens = table.count;
    this.bar.update(place, limits, labels, true);
    this.pairs.update({
      view,
      side,
      positions,
      place,
      limits,
      labels,
      tokens,
      dimensionsOf: pairs,
    });
    show(this.waves.root, positions.kind === 'sinusoidal');
    if (positions.kind === 'sinusoidal') this.waves.update(sight, positions.layout);
    this.map.update(sight);
    this.products.update(sight);
    this.order.update(sight);
    this.sameWord.update(view, side);
    this.distance.update({ view, half, head: place.head, heads: limits.heads, tokens });
    this.ideas.update();
  }

  private redraw(): void {
    if (this.view !== null) this.update(this.view);
  }
}

function describeKind(positions: Added, t: Translate): string {
  if (positions.kind === 'learned')
    return t(
      'Learned positions: a vector for each position, trained like the embeddings and added to them. No formula says what they hold, so there are no waves and no clocks.',
    );
  return positions.layout === 'interleaved'
    ? t('Layout: interleaved, as in the paper — even dimensions are sines, odd ones cosines.')
    : t(
        'Layout: halves, as in Marian — the first half of the dimensions are sines, the second half cosines.',
      );
}
