/** Positions that are added to the scores of attention, by distance and head: ALiBi, relative bias. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { labelsOf } from '../parts/labels';
import { querySide, tokensOf } from '../../src/navigation/traceState';
import type { Answer } from '../../src/protocol/queries';
import { stacksOf } from '../../src/protocol/stacks';
import { numbersOf } from '../../src/protocol/wireTensor';
import { Latest } from '../inspector/latest';
import { chosenToken } from '../inspector/tokenEntries';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { BiasCurves } from './biasCurves';
import type { BiasSight, BiasStack } from './biasSight';
import { BiasMap } from './biasMap';
import { BiasStacks } from './biasStacks';
import { BiasTables } from './biasTables';
import { DistanceCard } from './distanceCard';
import { IdeaBar } from './ideaBar';
import { KeyBiases } from './keyBiases';
import { PlaceChoice } from './placeChoice';
import { whyNotAdded } from './positionKind';
import { SameWordCard } from './sameWordCard';

/** Cross-attention has no positions; its decoder has. */
function stackOf({ navigation, snapshot }: View): BiasStack {
  const stacks = stacksOf(snapshot.plan?.model.architecture ?? 'encoderDecoder');
  const wanted = navigation.stack === 'cross' ? 'decoder' : navigation.stack;
  return stacks.includes(wanted) ? wanted : stacks[0] === 'decoder' ? 'decoder' : 'encoder';
}

export class BiasPositions implements Part {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly latest: Latest<'positionBias'>;
  private readonly parts: readonly { update(sight: BiasSight): void }[];
  private readonly stacks: BiasStacks;
  private readonly choice = new PlaceChoice(() => {
    if (this.view !== null) this.update(this.view);
  });
  private readonly distance: DistanceCard;
  private readonly sameWord: SameWordCard;
  private view: View | null = null;
  private trace: string | null = null;
  private answers = 0;
  private answered: Answer<'positionBias'> | null = null;
  /** Tokens when the bias was last asked for. */
  private measured = 0;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.latest = new Latest<'positionBias'>(
      (question, signal) => commands.ask('positionBias', question, signal),
      () => {
        if (this.view !== null) this.update(this.view);
      },
    );
    this.stacks = new BiasStacks(t, commands);
    const curves = new BiasCurves(t);
    const tables = new BiasTables(t, commands);
    const map = new BiasMap(t);
    const keys = new KeyBiases(t, commands);
    this.parts = [curves, tables, map, keys];
    this.distance = new DistanceCard(t, commands.ask, this.choice);
    this.sameWord = new SameWordCard(t, commands);
    const ideas = new IdeaBar(t, [
      { name: t('Curves'), root: curves.root },
      { name: t('Numbers'), root: tables.root },
      { name: t('Map'), root: map.root },
      { name: t('Keys'), root: keys.root },
      { name: t('Same word'), root: this.sameWord.root },
      { name: t('Distance'), root: this.distance.root },
    ]);
    this.content = element(
      'div',
      {},
      ideas.root,
      element(
        'div',
        { class: 'positions' },
        curves.root,
        tables.root,
        map.root,
        keys.root,
        this.sameWord.root,
        this.distance.root,
        element('p', { class: 'hint wide' }, whyNotAdded(t)),
      ),
    );
    this.root = element('div', {}, this.stacks.root, this.words, this.waiting, this.content);
  }

  update(view: View): void {
    this.view = view;
    const { snapshot } = view;
    const kind = snapshot.plan?.model.positionKind;
    if (kind?.kind !== 'alibi' && kind?.kind !== 'relativeBias') return;
    if (this.trace !== snapshot.trace) this.latest.reset();
    this.trace = snapshot.trace;
    const stack = stackOf(view);
    const side = querySide(snapshot, stack);
    const tokens = tokensOf(snapshot, side);
    this.latest.want({ stack });
    // While output is written there are more distances.
    if (this.latest.known.fresh && this.measured !== tokens.length) this.latest.refresh();
    this.measured = tokens.length;
    const { answer, answered, failure } = this.latest.known;
    if (answer !== this.answered) this.answers++;
    this.answered = answer;
    this.stacks.update(view, stack);
    setText(this.words, wordsOf(kind, this.t));
    setText(
      this.waiting,
      failure === null ? this.t('Asking the engine…') : describeFailure(failure, this.t),
    );
    // Numbers of the other stack must not stand under this one's name.
    const current = answered?.stack === stack ? answer : null;
    show(this.waiting, current === null);
    show(this.content, current !== null);
    if (current === null) return;
    const [heads = 0, distances = 0] = current.bias.shape;
    const { head } = view.navigation;
    const chosen = chosenToken(view);
    const sight: BiasSight = {
      view,
      stack,
      answer: current,
      heads,
      distances,
      bias: numbersOf(current.bias),
      head: typeof head === 'number' && head < heads ? head : 0,
      origin: chosen?.side === side ? Math.min(tokens.length - 1, chosen.index) : 0,
      side,
      labels: labelsOf(tokens),
      key: `${snapshot.trace}/${stack}/${this.answers}`,
    };
    for (const part of this.parts) part.update(sight);
    const limits = { side, positions: tokens.length, rows: null, pairs: 1, heads };
    const place = this.choice.place(view, limits);
    this.sameWord.update(view, side);
    this.distance.update({ view, half: stack, head: place.head, heads, tokens: tokens.length });
  }
}

function wordsOf(
  kind: { kind: 'alibi' } | { kind: 'relativeBias'; buckets: number; maxDistance: number },
  t: Translate,
): string {
  if (kind.kind === 'alibi')
    return t(
      'ALiBi: each head lowers the score of a key by slope m × distance, before the softmax. Steep heads look near, flat ones far. All layers alike.',
    );
  return t(
    'Relative positions: each head adds a learned number to a score, by distance from query to key. Distances share {buckets} buckets, wider ones further away; from {most} on they share one. All layers alike.',
    { buckets: kind.buckets, most: kind.maxDistance },
  );
}
