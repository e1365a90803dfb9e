/** Many heads: what each adds to a token, and what that means for the token the model says. */
import type { Translate } from '../../src/language/translate';
import { candidateName } from '../../src/navigation/labels';
import type { NoShares } from '../../src/protocol/studies/directShares';
import { numbersOf } from '../../src/protocol/wireTensor';
import { Latest } from '../inspector/latest';
import type { Commands, Part, View } from '../inspector/view';
import { card } from '../parts/card';
import { element, setText, show } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { StudyState } from '../parts/studyState';
import { headsSight, type HeadsSight } from './headsSight';
import { HeadActions } from './headActions';
import { LayerHeads, type LayerSight } from './layerHeads';
import { LogitShares } from './logitShares';

export class HeadsPanel implements Part {
  readonly root: HTMLElement;
  private readonly message = element('p', { class: 'waiting' });
  private readonly noLayer = element('p', { class: 'waiting' });
  private readonly why: HTMLElement;
  private readonly whyWords = element('p', { class: 'hint' });
  private readonly whyActions: HeadActions;
  private readonly layerState: StudyState;
  private readonly logitState: StudyState;
  private readonly layer: LayerHeads;
  private readonly logit: LogitShares;
  private readonly shares: Latest<'headShares'>;
  private readonly direct: Latest<'directShares'>;
  private view: View | null = null;
  private trace: string | null = null;
  /** The token whose logit is taken apart, as chosen at a place; null: the model's own. */
  private predicted: { readonly place: string; readonly id: number } | null = null;
  private readonly stamps = new Stamps();

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const redraw = (): void => {
      if (this.view !== null) this.update(this.view);
    };
    this.shares = new Latest<'headShares'>(
      (question, signal, progress) => commands.ask('headShares', question, signal, progress),
      redraw,
    );
    this.direct = new Latest<'directShares'>(
      (question, signal, progress) => commands.ask('directShares', question, signal, progress),
      redraw,
    );
    this.layerState = new StudyState(t, this.shares);
    this.logitState = new StudyState(t, this.direct);
    this.layer = new LayerHeads(t, commands);
    this.logit = new LogitShares(t, commands, (id) => {
      const place = this.placeInSight();
      if (place !== null) this.predicted = { place, id };
      redraw();
    });
    this.whyActions = new HeadActions(t, commands);
    this.why = card(t('Along the predicted token'), 'wide', this.whyWords, this.whyActions.root);
    this.root = element(
      'div',
      { class: 'heads-panel' },
      this.message,
      this.noLayer,
      this.layerState.root,
      this.layer.root,
      this.logitState.root,
      this.logit.root,
      this.why,
    );
  }

  update(view: View): void {
    this.view = view;
    if (view.snapshot.trace !== this.trace) {
      this.shares.reset();
      this.direct.reset();
      this.predicted = null;
    }
    this.trace = view.snapshot.trace;
    const sight = headsSight(view, this.t);
    const words = typeof sight === 'string' ? sight : null;
    setText(this.message, words ?? '');
    show(this.message, words !== null);
    this.ask(typeof sight === 'string' ? null : sight);
    this.layerState.update();
    this.logitState.update();
    if (typeof sight === 'string') {
      for (const part of [this.noLayer, this.layer.root, this.logit.root, this.why])
        show(part, false);
      return;
    }
    this.showLayer(view, sight);
    this.showLogit(view, sight);
  }

  private ask(sight: HeadsSight | null): void {
    if (sight === null) {
      this.shares.want(null);
      this.direct.want(null);
      return;
    }
    const { stack, half, layer, token } = sight;
    this.shares.want(layer === null ? null : { stack, layer, token });
    const predicted = this.predicted?.place === placeOf(sight) ? this.predicted.id : null;
    this.direct.want({ half, token, predicted });
  }

  private placeInSight(): string | null {
    const sight = this.view && headsSight(this.view, this.t);
    return sight === null || typeof sight === 'string' ? null : placeOf(sight);
  }

  private showLayer(view: View, sight: HeadsSight): void {
    const { answer, answered } = this.shares.known;
    const { layer, stack, token } = sight;
    setText(
      this.noLayer,
      this.t('Choose one layer: the heads of several are not added to each other.'),
    );
    show(this.noLayer, layer === null);
    const current =
      answered?.stack === stack && answered.layer === layer && answered.token === token;
    const shown = layer !== null && answer !== null && current;
    // What was shown last stays until the next is there; of another stack its heads may be others.
    show(this.layer.root, shown || (layer !== null && answer !== null && !this.shares.known.fresh));
    if (!shown) return;
    const direct = this.directOf(sight);
    const key = `${this.stamps.of(answer)}/${direct === null ? '' : this.stamps.of(this.direct.known.answer!)}`;
    const sighted: LayerSight = { view, sight: { ...sight, layer }, answer, direct, key };
    this.layer.update(sighted);
  }

  /** The layer's part of the shares of a logit. */
  private directOf({ stack, layer, half, token }: HeadsSight): LayerSight['direct'] {
    const { answer, answered } = this.direct.known;
    if (answered?.half !== half || answered.token !== token || layer === null) return null;
    const tensor = stack === 'cross' ? answer?.shares?.cross : answer?.shares?.self;
    if (!tensor || !answer?.shares) return null;
    const [, heads = 0] = tensor.shape;
    return {
      shares: numbersOf(tensor).slice(layer * heads, (layer + 1) * heads),
      token: candidateName(answer.shares.predicted),
    };
  }

  private showLogit(view: View, sight: HeadsSight): void {
    const { answer, answered } = this.direct.known;
    const current = answered?.half === sight.half && answered.token === sight.token;
    const why = current ? (answer?.why ?? null) : null;
    show(this.why, why !== null);
    if (why !== null) {
      setText(this.whyWords, whyWords(why, this.t));
      const { stack, layer, head } = sight;
      this.whyActions.update(layer === null || head === null ? null : { stack, layer, head });
    }
    const shares = current ? (answer?.shares ?? null) : null;
    show(this.logit.root, shares !== null);
    if (shares !== null) this.logit.update(view, sight, shares, this.stamps.of(answer!));
  }
}

/** Where a predicted token was chosen: another place has other candidates. */
const placeOf = ({ half, token }: HeadsSight): string => `${half}/${token}`;

function whyWords(why: NoShares, t: Translate): string {
  switch (why) {
    case 'readByDecoder':
      return t(
        'No direct share: what the encoder writes reaches the output only through the decoder’s cross-attention. Muting a head shows what it does to the output.',
      );
    case 'nonLinear':
      return t(
        'No direct share: a non-linear layer stands between the last block and the output, so no head adds to a logit by itself. Muting a head shows what it does to the prediction.',
      );
    case 'noTokens':
      return t(
        'No direct share: this model predicts no token here. Muting a head shows what it does to the result.',
      );
  }
}
