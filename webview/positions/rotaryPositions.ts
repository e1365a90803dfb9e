/** Rotary positions: what distance does to the dot product of a query and a key, pair by pair. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { labelsOf } from '../parts/labels';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Side } from '../../src/protocol/address';
import { halfReading } from '../../src/protocol/stacks';
import { chosenToken, tokenInSight } from '../inspector/tokenEntries';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { card } from '../parts/card';
import { DistanceCard } from './distanceCard';
import { HeatMap } from '../parts/heatMap';
import { IdeaBar } from './ideaBar';
import { KeyAngles } from './keyAngles';
import { PairCards } from './pairCards';
import { PairTable } from './pairTable';
import { PlaceBar } from './placeBar';
import { PlaceChoice, type Place, type PlaceLimits } from './placeChoice';
import { whyNotAdded } from './positionKind';
import { RotationCurves } from './rotationCurves';
import { dimensionsOfPair, pairCount, rotaryWords, type Rotary } from './rotaryPairs';
import { Rotation } from './rotation';
import { SameWordCard } from './sameWordCard';
import { SimilarityCurve } from './similarityCurve';

/** What is shown, and of which text. */
export interface RotarySight {
  readonly view: View;
  readonly rotary: Rotary;
  readonly rotation: Rotation;
  /** The query: the chosen token, else the first. */
  readonly origin: number;
  /** The tokens it may look at, nearest to the beginning first. */
  readonly labels: readonly string[];
  /** Changes with everything but the theme, the query and what the reader picked. */
  readonly key: string;
}

export class RotaryPositions implements Part {
  readonly root: HTMLElement;
  private readonly words = element('div', { class: 'position-words' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly rotation: Rotation;
  private readonly curves: RotationCurves;
  private readonly similarity: SimilarityCurve;
  private readonly map = new HeatMap('rotation-readout');
  private readonly angles: KeyAngles;
  private readonly pairs: PairTable;
  private readonly choice = new PlaceChoice(() => this.redraw());
  private readonly bar: PlaceBar;
  private readonly ideas: IdeaBar;
  private readonly cards: PairCards;
  private readonly sameWord: SameWordCard;
  private readonly distance: DistanceCard;
  private trace: string | null = null;
  private view: View | null = null;
  private said = '';

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const redraw = (): void => this.redraw();
    this.rotation = new Rotation(commands.ask, redraw);
    this.curves = new RotationCurves(t, redraw);
    this.similarity = new SimilarityCurve(t);
    this.angles = new KeyAngles(t, commands);
    this.pairs = new PairTable(t);
    this.cards = new PairCards(t, commands.ask, this.choice, redraw);
    this.sameWord = new SameWordCard(t, commands);
    this.distance = new DistanceCard(t, commands.ask, this.choice);
    this.bar = new PlaceBar(t, this.choice);
    const { clocks, shift, waiting } = this.cards;
    const map = card(
      t('Rotation: distance × pair of dimensions'),
      'wide',
      this.map.root,
      this.pairs.root,
    );
    this.ideas = new IdeaBar(t, [
      { name: t('Clocks'), root: clocks.root },
      { name: t('Curves'), root: this.curves.root },
      { name: t('Similarity'), root: this.similarity.root },
      { name: t('Map'), root: map },
      { name: t('Rotation'), root: shift.root },
      { name: t('Angles'), root: this.angles.root },
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
        clocks.root,
        this.curves.root,
        this.similarity.root,
        map,
        shift.root,
        this.angles.root,
        this.sameWord.root,
        this.distance.root,
        element('p', { class: 'hint wide' }, whyNotAdded(t)),
      ),
      this.bar.root,
    );
    this.root = element('div', {}, this.words, this.waiting, this.content);
  }

  update(view: View): void {
    this.view = view;
    const { snapshot } = view;
    const rotary = snapshot.plan?.model.positionKind;
    if (rotary?.kind !== 'rotary') return;
    if (this.trace !== snapshot.trace) this.rotation.reset();
    this.trace = snapshot.trace;
    const chosen = chosenToken(view);
    const side = chosen?.side ?? 'source';
    const tokens = tokensOf(snapshot, side);
    this.rotation.ensure(tokens.length, pairCount(rotary));
    const { failure, count, factor } = this.rotation;
    this.say(rotary, factor);
    setText(
      this.waiting,
      failure === null ? this.t('Asking the engine…') : describeFailure(failure, this.t),
    );
    show(this.waiting, failure !== null || count === 0);
    show(this.content, count > 0);
    if (count === 0) return;
    const place = this.choice.place(view, this.limits(view, rotary, side, tokens.length));
    const origin = place.position;
    // A decoder's query sees nothing behind itself.
    const causal = side === 'target' || snapshot.plan?.model.architecture === 'decoder';
    const labels = labelsOf(tokens).slice(0, causal ? origin + 1 : tokens.length);
    const key = `${snapshot.trace}/${side}/${count}`;
    const sight = { view, rotary, rotation: this.rotation, origin, labels, key };
    this.curves.update(sight);
    this.similarity.update(sight);
    this.drawMap(sight);
    this.pairs.update(sight);
    this.angles.update(sight, this.curves.pairs);
    this.updateCards(sight, labelsOf(tokens), side, place);
  }

  private limits(view: View, rotary: Rotary, side: Side, positions: number): PlaceLimits {
    const { architecture, heads } = view.snapshot.plan!.model;
    const pairs = pairCount(rotary);
    return { side, positions, rows: null, pairs, heads: heads[halfReading(architecture, side)] };
  }

  private updateCards(
    { view, rotary }: RotarySight,
    labels: readonly string[],
    side: Side,
    place: Place,
  ): void {
    const tokens = labels.length;
    const limits = this.limits(view, rotary, side, tokens);
    this.bar.update(place, limits, labels, true);
    this.cards.update({
      view,
      side,
      positions: rotary,
      place,
      limits,
      labels,
      tokens,
      dimensionsOf: (pair) => dimensionsOfPair(rotary, pair),
    });
    this.sameWord.update(view, side);
    const half = halfReading(view.snapshot.plan!.model.architecture, side);
    this.distance.update({ view, half, head: place.head, heads: limits.heads, tokens });
    this.ideas.update();
  }

  private redraw(): void {
    if (this.view !== null) this.update(this.view);
  }

  private say(rotary: Rotary, factor: number): void {
    const words = rotaryWords(rotary, factor, this.t);
    if (words.join() === this.said) return;
    this.said = words.join();
    this.words.replaceChildren(...words.map((line) => element('p', { class: 'hint' }, line)));
  }

  private drawMap({ view, rotary, rotation, origin, key }: RotarySight): void {
    const { t } = this;
    const columns = pairCount(rotary);
    const pointed = tokenInSight(view)?.index ?? origin;
    const distance = Math.abs(origin - pointed);
    this.map.update(
      {
        rows: rotation.count,
        columns,
        values: () => rotation.cosines.whole(),
        key,
        limit: 1,
        low: '−1',
        high: '1',
        note: 'cos(k · θ)',
        name: t('Cosine of the rotation: {count} distances by {pairs} pairs of dimensions', {
          count: rotation.count,
          pairs: columns,
        }),
        rest: t('Rows: distances from 0. Columns: pairs, fastest first.'),
        describe: (k, pair) => {
          const [first, second] = dimensionsOfPair(rotary, pair);
          return t('distance {distance}, pair {pair} (dimensions {first}, {second}): {value}', {
            distance: k,
            pair,
            first,
            second,
            value: fourDecimals(rotation.cosine(k, pair)),
          });
        },
        chosen: distance,
        ends: [t('pair 0'), t('pair {pair}', { pair: columns - 1 })],
      },
      view.theme,
    );
  }
}
