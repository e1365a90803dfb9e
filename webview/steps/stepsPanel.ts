/** Attention, step by step: one query, one head, from what it reads to what its layer adds. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { Latest } from '../inspector/latest';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { Legend } from '../parts/legend';
import { StudyState } from '../parts/studyState';
import { askingOf, type Asking } from './asking';
import { HeadChoice } from './headChoice';
import { KeyPicker } from './keyPicker';
import { KeyVectors } from './keyVectors';
import { MadeOf } from './madeOf';
import { MixturePane } from './mixturePane';
import { OutputPane } from './outputPane';
import { ProductPane } from './productPane';
import { ReadPane } from './readPane';
import { ResidualPane } from './residualPane';
import { shownOf } from './shown';
import { VectorsPane } from './vectorsPane';
import { WeightsPane } from './weightsPane';

export class StepsPanel implements Part {
  readonly root: HTMLElement;
  private readonly latest: Latest<'steps'>;
  private readonly state: StudyState;
  private readonly vectors: KeyVectors;
  private readonly heads: HeadChoice;
  private readonly picker: KeyPicker;
  private readonly madeOf: MadeOf;
  private readonly panes;
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly change: HTMLButtonElement;
  private readonly hidden: HTMLElement;
  private readonly steps: HTMLElement;
  private readonly legend = new Legend();
  private view: View | null = null;
  private trace: string | null = null;
  /** What the panes were last drawn from: pointing at tokens changes none of it. */
  private drawn: readonly unknown[] = [];

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const changed = (): void => {
      if (this.view !== null) this.update(this.view);
    };
    this.latest = new Latest<'steps'>(
      (question, signal, progress) => commands.ask('steps', question, signal, progress),
      changed,
    );
    this.state = new StudyState(t, this.latest);
    this.vectors = new KeyVectors(commands.ask, changed);
    this.heads = new HeadChoice(t, commands, changed);
    this.picker = new KeyPicker(t, commands);
    this.madeOf = new MadeOf(t, commands);
    const { open } = this.madeOf;
    this.panes = {
      read: new ReadPane(t, open),
      vectors: new VectorsPane(t, open),
      product: new ProductPane(t, open),
      weights: new WeightsPane(t, commands),
      mixture: new MixturePane(t, open),
      output: new OutputPane(t, commands, open),
      residual: new ResidualPane(t, open),
    };
    this.change = element('button', {
      class: 'small',
      attributes: { type: 'button' },
      on: { click: () => this.makeFit() },
    });
    this.hidden = element(
      'p',
      { class: 'hint' },
      t('Steps show all tokens: weights as the model has them, special tokens among them.'),
    );
    this.steps = element(
      'div',
      { class: 'steps' },
      this.picker.root,
      this.hidden,
      element(
        'p',
        { class: 'hint' },
        t(
          'Point at a strip, or walk along it with the arrow keys, for its numbers; click, or press Enter, for what a number is made of.',
        ),
      ),
      this.legend.root,
      ...Object.values(this.panes).map(({ root }) => root),
    );
    this.root = element(
      'div',
      { class: 'steps-panel' },
      this.waiting,
      this.change,
      this.heads.root,
      this.state.root,
      this.steps,
    );
  }

  update(view: View): void {
    this.view = view;
    if (view.snapshot.trace !== this.trace) this.forget(view.snapshot.trace);
    const asking = askingOf(view);
    const words = this.whyNot(asking);
    setText(this.waiting, words ?? '');
    show(this.waiting, words !== null);
    const fits = asking.kind === 'words' || asking.kind === 'lookedAt';
    show(this.change, fits);
    if (fits)
      setText(
        this.change,
        asking.kind === 'words' ? this.t('Show tokens') : this.t('Show what it looks at'),
      );
    show(this.heads.root, asking.kind === 'heads');
    if (asking.kind === 'heads') this.heads.update(view, asking.question);
    show(this.state.root, asking.kind === 'steps');
    this.latest.want(asking.kind === 'steps' ? asking.question : null);
    this.state.update();
    this.draw(view);
  }

  private forget(trace: string): void {
    this.trace = trace;
    this.latest.reset();
    this.vectors.reset();
    this.heads.reset();
    this.madeOf.reset();
  }

  private draw(view: View): void {
    const { answer, answered, fresh } = this.latest.known;
    const shown = answer === null || answered === null ? null : shownOf(view, answered, answer);
    show(this.steps, shown !== null);
    this.steps.classList.toggle('stale', !fresh);
    if (shown === null) return;
    const { stack, layer, head, query } = shown.asked;
    const place = { stack, layer, head, query };
    const stamp = JSON.stringify([view.snapshot.trace, place]);
    this.vectors.want(stamp, place, shown.keys.length, shown.steps.query.shape[0] ?? 1);
    const vectors = this.vectors.known;
    show(this.hidden, view.navigation.hideSpecials);
    const from = [answer, vectors, view.snapshot, view.theme];
    if (from.every((part, i) => part === this.drawn[i])) return;
    this.drawn = from;
    this.picker.update(shown);
    this.legend.update(
      view.theme.signed,
      '−',
      '+',
      this.t('0 is pale; each strip’s ± tells where its colours end'),
    );
    const { panes } = this;
    panes.read.update(shown);
    panes.vectors.update(shown, vectors);
    panes.product.update(shown);
    panes.weights.update(shown);
    panes.mixture.update(shown, vectors);
    panes.output.update(shown);
    panes.residual.update(shown);
    this.madeOf.update(shown);
  }

  private whyNot(asking: Asking): string | null {
    const { t } = this;
    switch (asking.kind) {
      case 'steps': {
        const { failure } = this.vectors;
        return failure === null ? null : describeFailure(failure, t);
      }
      case 'heads':
        return null;
      case 'words':
        return t('Steps are about tokens: a word’s weight is made of its tokens’ weights.');
      case 'lookedAt':
        return t('Steps begin at a query: they show what a token looks at.');
      case 'running':
        return t('The steps can be shown when the run has finished.');
      case 'failure':
        return describeFailure(asking.failure, t);
    }
  }

  /** Changes what keeps the steps from being shown. */
  private makeFit(): void {
    if (this.view === null) return;
    const asking = askingOf(this.view);
    if (asking.kind === 'words') this.commands.navigate({ unit: 'token' });
    if (asking.kind === 'lookedAt') this.commands.navigate({ direction: 'looksAt' });
  }
}
