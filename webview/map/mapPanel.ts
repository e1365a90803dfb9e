/** The running model as one drawing, the way of the chosen token through it, and what each part is. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { Candidate } from '../../src/protocol/trace';
import { layerCount } from '../../src/navigation/traceState';
import type { Structure } from '../../src/protocol/structure';
import type { Half } from '../../src/protocol/address';
import { querySide } from '../../src/protocol/stacks';
import { Latest } from '../inspector/latest';
import { chosenToken } from '../inspector/tokenEntries';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { StudyState } from '../parts/studyState';
import { TwinTable } from '../parts/twinTable';
import { offersPrediction } from '../prediction/offersPrediction';
import { boxAfterKey } from './boxKeys';
import { boxTable } from './boxTable';
import { mapBoxes, type BoxKind, type HalfBoxes, type MapBox } from './boxes';
import { Drawing } from './drawing';
import { InfoCard } from './infoCard';
import { LayerCostsCard } from './layerCostsCard';
import { mapSight, type MapSight } from './mapSight';
import { boxOfKinds, onOpenBox } from './openBox';
import { OpenedParts } from './openedParts';
import { ParametersCard } from './parametersCard';
import { StreamCard } from './streamCard';

export class MapPanel implements Part {
  readonly root: HTMLElement;
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly content: HTMLElement;
  private readonly caption = element('p', { class: 'map-caption' });
  private readonly drawing: Drawing;
  private readonly info: InfoCard;
  private readonly parts: OpenedParts;
  private readonly twin: TwinTable;
  private readonly stream: StreamCard;
  private readonly parameters: ParametersCard;
  private readonly costs: LayerCostsCard;
  private readonly structure: Latest<'structure'>;
  private readonly norms: Latest<'pathNorms'>;
  private readonly candidates: Latest<'candidates'>;
  private readonly state: StudyState;
  private view: View | null = null;
  private trace: string | null = null;
  private known: { readonly model: string; readonly structure: Structure } | null = null;
  /** The opened box; null: none was opened yet. */
  private opened: string | null = null;
  /** Kinds one of which is to be opened as soon as there are boxes. */
  private wanted: readonly BoxKind[] | null = null;
  /** What is shown now. */
  private shown: { readonly halves: readonly HalfBoxes[]; readonly sight: MapSight } | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const again = (): void => {
      if (this.view !== null) this.update(this.view);
    };
    this.structure = new Latest<'structure'>(
      (question, signal) => commands.ask('structure', question, signal),
      again,
    );
    this.norms = new Latest<'pathNorms'>(
      (question, signal, progress) => commands.ask('pathNorms', question, signal, progress),
      again,
    );
    this.candidates = new Latest<'candidates'>(
      (question, signal) => commands.ask('candidates', question, signal),
      again,
    );
    this.state = new StudyState(t, this.norms);
    this.drawing = new Drawing(t, {
      open: (box) => this.open(box.key, true),
      goToLayer: (half, layer) => this.goToLayer(half, layer),
      keydown: (event) => this.keydown(event),
    });
    this.info = new InfoCard(t, commands, this.state.root, ({ half, subLayer }, layer) => {
      if (subLayer !== null) this.stream.switchOff(half, layer, subLayer);
    });
    this.parts = new OpenedParts(t, commands);
    this.twin = new TwinTable(t('The map as a table'));
    this.stream = new StreamCard(t, commands);
    this.parameters = new ParametersCard(t);
    this.costs = new LayerCostsCard(t);
    const hint = t('Arrow keys walk the boxes, Page Up and Page Down change the layer.');
    this.content = element(
      'div',
      { class: 'map-content' },
      element(
        'div',
        { class: 'map-columns' },
        element(
          'div',
          { class: 'map-figure' },
          this.caption,
          element('div', { class: 'map-stage' }, this.drawing.root),
          element('p', { class: 'hint' }, hint),
        ),
        element('div', { class: 'map-side' }, this.info.root),
      ),
      this.parts.root,
      this.twin.root,
      element(
        'div',
        { class: 'map-cards' },
        this.stream.root,
        this.parameters.root,
        this.costs.root,
      ),
    );
    this.root = element('div', { class: 'map-panel' }, this.waiting, this.content);
    onOpenBox(this.root, (kinds) => {
      this.wanted = kinds;
      if (this.shown !== null) this.draw(this.shown.sight);
    });
  }

  update(view: View): void {
    this.view = view;
    const { snapshot } = view;
    if (this.trace !== snapshot.trace) {
      this.trace = snapshot.trace;
      this.structure.reset();
      this.norms.reset();
      this.candidates.reset();
    }
    this.structure.want(snapshot.plan === null ? null : {});
    const structure = this.structureFor(view);
    const sight = structure === null ? null : mapSight(view, structure, this.bestGuess(view));
    show(this.content, sight !== null);
    show(this.waiting, sight === null);
    const { failure } = this.structure.known;
    setText(
      this.waiting,
      failure === null ? this.t('Asking the engine…') : describeFailure(failure, this.t),
    );
    if (sight !== null) this.draw(sight);
  }

  /** Another text for the same model does not take the drawing off the screen. */
  private structureFor({ snapshot }: View): Structure | null {
    const { plan } = snapshot;
    if (plan === null) return null;
    const model = JSON.stringify(plan.model);
    const { answer } = this.structure.known;
    if (answer !== null) this.known = { model, structure: answer };
    return this.known?.model === model ? this.known.structure : null;
  }

  /** What stands at the end of the chosen token's path, where the engine has candidates there. */
  private bestGuess(view: View): Candidate | null {
    const { plan, prediction } = view.snapshot;
    const token = chosenToken(view);
    const offers =
      prediction !== null && (prediction.task === 'nextToken' || prediction.task === 'maskedToken');
    const has = plan !== null && offersPrediction(plan.model) && offers;
    this.candidates.want(has && token !== null ? { token: token.index } : null);
    const { answer, fresh } = this.candidates.known;
    return fresh ? (answer?.candidates[0] ?? null) : null;
  }

  private draw(sight: MapSight): void {
    const { t } = this;
    const halves = mapBoxes(sight.structure, sight.model);
    this.shown = { halves, sight };
    const all = halves.flatMap(({ before, block, after }) => [...before, ...block, ...after]);
    if (this.wanted !== null)
      this.opened = boxOfKinds(all, this.wanted, sight.token?.half)?.key ?? this.opened;
    this.wanted = null;
    const box = all.find(({ key }) => key === this.opened) ?? firstBox(all, sight);
    if (box === undefined) return;
    const { token } = sight;
    this.norms.want(token !== null && token.read ? { half: token.half, token: token.index } : null);
    this.state.update();
    setText(this.caption, this.captionOf(sight));
    this.drawing.update(halves, sight, box.key);
    const { answer, answered } = this.norms.known;
    const known = answer === null || answered === null ? null : { half: answered.half, answer };
    this.info.update(
      box,
      sight,
      known !== null && known.half === box.half && token?.half === box.half ? known.answer : null,
      this.whyNoNumbers(box, sight),
    );
    this.parts.update(box, sight);
    const key = JSON.stringify([
      sight.view.snapshot.trace,
      sight.layer,
      sight.tokens,
      this.norms.known.fresh && answered,
    ]);
    this.twin.update(
      key,
      () => boxTable(halves, sight, known, t, ({ key: name }) => this.open(name, true)),
      all.indexOf(box),
    );
    this.stream.update(sight);
    this.parameters.update(sight);
    this.costs.update(sight);
  }

  private captionOf({ token, model, layer }: MapSight): string {
    const { t } = this;
    if (token === null) return model.name;
    return t('The path of “{token}” through {model}; its numbers are those of layer {layer}.', {
      token: token.label,
      model: model.name,
      layer: layer[token.half],
    });
  }

  /** Empty: numbers are there, or on their way. */
  private whyNoNumbers(box: MapBox, { token, model }: MapSight): string {
    const { t } = this;
    if (token === null) return t('Choose a token to see its numbers.');
    if (token.half !== box.half)
      return querySide(model.architecture, box.half) === 'target'
        ? t('“{token}” has no row in the decoder: choose an output token to see numbers here.', {
            token: token.label,
          })
        : t(
            '“{token}” has no row in the encoder: choose a token of the text to see numbers here.',
            {
              token: token.label,
            },
          );
    if (!token.read)
      return t('The model has not read “{token}”, the last token it wrote.', {
        token: token.label,
      });
    return '';
  }

  private open(key: string, focus: boolean): void {
    this.opened = key;
    if (this.shown !== null) this.draw(this.shown.sight);
    if (focus) this.drawing.focus(key);
  }

  /** Both stacks show the layer of the same number: only one that the other lacks leads there. */
  private goToLayer(half: Half, layer: number): void {
    const { view } = this;
    const plan = view?.snapshot.plan;
    if (view === null || plan == null) return;
    const { stack } = view.navigation;
    this.commands.navigate(layer < layerCount(plan, stack) ? { layer } : { stack: half, layer });
  }

  private keydown(event: KeyboardEvent): void {
    const { shown } = this;
    const current = event.target instanceof Element ? event.target.getAttribute('data-box') : null;
    if (shown === null || current === null) return;
    const half = this.drawing.placed.find(({ box }) => box.key === current)?.box.half;
    const step = { PageUp: 1, PageDown: -1 }[event.key];
    if (step !== undefined && half !== undefined) {
      event.preventDefault();
      const layer = shown.sight.layer[half] + step;
      if (layer >= 0 && layer < shown.sight.model.layers[half]) this.goToLayer(half, layer);
      return;
    }
    const next =
      event.key === 'Enter' || event.key === ' '
        ? current
        : boxAfterKey(event.key, this.drawing.placed, current);
    if (next === null) return;
    event.preventDefault();
    this.open(next, true);
  }
}

/** What the reader most likely came for: the attention that the other views are about. */
function firstBox(all: readonly MapBox[], { view, token }: MapSight): MapBox | undefined {
  const { stack } = view.navigation;
  const half = token?.half ?? 'encoder';
  const cross = all.find(({ kind }) => kind === 'cross');
  if (stack === 'cross' && cross !== undefined && half === 'decoder') return cross;
  return all.find((box) => box.kind === 'attention' && box.half === half) ?? all[0];
}
