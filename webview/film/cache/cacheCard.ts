/** The cache of keys and values at the step the reader stands at, and what it saves. */
import type { Translate } from '../../../src/language/translate';
import { currentStep, toStep } from '../../../src/navigation/film';
import { isRunning } from '../../../src/navigation/traceState';
import { Latest } from '../../inspector/latest';
import type { Commands, Part, View } from '../../inspector/view';
import { card } from '../../parts/card';
import { element, setText, show } from '../../parts/element';
import { Stamps } from '../../parts/stamps';
import { StudyState } from '../../parts/studyState';
import { TwinTable } from '../../parts/twinTable';
import { cacheSight, stepOfPosition, type CacheSight } from './cacheSight';
import { CacheStrip } from './cacheStrip';
import { cacheTable } from './cacheTable';
import { CostCharts } from './costCharts';
import { proofWords, sizeWords, timeWords, type CostAnswer } from './costWords';

/** Enough for a curve; more would keep a long text's reader waiting. */
const MEASURED_STEPS = 32;

export class CacheCard implements Part {
  readonly root: HTMLElement;
  private readonly latest: Latest<'cacheCost'>;
  private readonly state: StudyState;
  private readonly words = element('p', { class: 'cache-words' });
  private readonly strip: CacheStrip;
  private readonly crossWords = element('p', { class: 'strip-title' });
  private readonly cross = new CacheStrip(null);
  private readonly crossRoom: HTMLElement;
  private readonly drawing: HTMLElement;
  private readonly charts: CostCharts;
  private readonly measure: HTMLButtonElement;
  private readonly later = element('p', { class: 'hint' });
  private readonly said = [element('p'), element('p'), element('p')] as const;
  private readonly measured: HTMLElement;
  private readonly table: TwinTable;
  private readonly stamps = new Stamps();
  private view: View | null = null;
  private trace: string | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.latest = new Latest<'cacheCost'>(
      (question, signal, progress) => commands.ask('cacheCost', question, signal, progress),
      () => this.again(),
    );
    this.state = new StudyState(t, this.latest);
    this.strip = new CacheStrip((position) => this.go(position));
    this.charts = new CostCharts(t);
    this.table = new TwinTable(t('Every step as a table'));
    this.measure = element(
      'button',
      { class: 'action', attributes: { type: 'button' }, on: { click: () => this.ask() } },
      t('Measure with and without the cache'),
    );
    this.crossRoom = element('div', {}, this.crossWords, this.cross.root);
    this.drawing = element(
      'div',
      { class: 'cache-drawing' },
      this.strip.root,
      this.legend(),
      this.crossRoom,
    );
    this.measured = element(
      'div',
      { class: 'cache-measured' },
      ...this.said,
      this.charts.measured.root,
    );
    this.root = card(
      t('The cache of keys and values'),
      '',
      this.words,
      this.drawing,
      this.charts.run.root,
      element('div', { class: 'actions' }, this.measure, this.later),
      this.state.root,
      this.measured,
      this.table.root,
    );
  }

  update(view: View): void {
    const { snapshot, navigation, theme } = view;
    this.view = view;
    if (snapshot.trace !== this.trace) {
      this.trace = snapshot.trace;
      this.latest.reset();
    }
    const step = currentStep(snapshot, navigation);
    const sight = cacheSight(snapshot, step);
    this.draw(sight, step);
    this.state.update();
    const { written } = snapshot;
    show(this.charts.run.root, written.length > 1);
    if (written.length > 1)
      this.charts.updateRun(
        written.map(({ milliseconds }) => milliseconds),
        snapshot.plan?.model.architecture === 'decoder',
        written,
        theme,
      );
    const { answer, question } = this.latest.known;
    const running = isRunning(snapshot);
    show(this.measure, sight !== null && question === null);
    this.measure.disabled = running;
    show(this.later, sight !== null && running);
    setText(this.later, this.t('It can be measured when the run has finished.'));
    this.show(answer, sight, view);
    show(this.table.root, step !== null);
    const stamp = answer === null ? '' : this.stamps.of(answer);
    this.table.update(
      `${snapshot.trace}/${written.length}/${stamp}`,
      () => cacheTable(snapshot, answer, this.t, (to) => this.stand(to)),
      step,
    );
  }

  private draw(sight: CacheSight | null, step: number | null): void {
    const { t } = this;
    show(this.drawing, sight !== null);
    if (sight === null || step === null) {
      setText(this.words, t('Nothing is written yet.'));
      return;
    }
    const words = this.stepWords(sight, step);
    setText(this.words, words);
    this.strip.update(sight, words);
    const { source, layers } = sight;
    show(this.crossRoom, source !== null);
    if (source === null) return;
    const name = t(
      'Cross-attention: keys and values of all {count} source tokens in {layers} layers, computed once, before the first step',
      { count: source, layers },
    );
    setText(this.crossWords, name);
    this.cross.update({ reused: source, computed: 0, later: 0, layers }, name);
  }

  private stepWords({ reused, computed, layers }: CacheSight, step: number): string {
    const { t } = this;
    const counts = { step: step + 1, computed, reused, layers, all: reused + computed };
    if (reused === 0)
      return t(
        'Step {step} computes all {all} tokens read so far in {layers} layers: nothing is kept yet.',
        counts,
      );
    return computed === 1
      ? t(
          'Step {step} computes 1 token and reuses {reused} in {layers} layers; without the cache it would compute {all}.',
          counts,
        )
      : t(
          'Step {step} computes {computed} tokens and reuses {reused} in {layers} layers; without the cache it would compute {all}.',
          counts,
        );
  }

  private show(answer: CostAnswer | null, sight: CacheSight | null, view: View): void {
    show(this.measured, answer !== null && sight !== null);
    if (answer === null || sight === null) return;
    const { t } = this;
    const [times, proof, size] = this.said;
    setText(times, timeWords(answer, t));
    setText(proof, proofWords(answer, t));
    setText(size, sizeWords(answer, sight.reused + sight.computed, t, view.locale));
    show(this.charts.measured.root, answer.steps.length > 1);
    if (answer.steps.length > 1) this.charts.updateMeasured(answer, view.theme);
  }

  private legend(): HTMLElement {
    const { t } = this;
    const entry = (kind: string, words: string): HTMLElement =>
      element(
        'span',
        { class: 'kept-entry' },
        element('span', { class: `kept-swatch ${kind}`, attributes: { 'aria-hidden': 'true' } }),
        words,
      );
    return element(
      'p',
      { class: 'chart-legend' },
      entry('reused', t('reused')),
      entry('computed', t('computed in this step')),
      entry('later', t('not there yet')),
      element('span', {}, t('Columns are tokens, rows are layers.')),
    );
  }

  private ask(): void {
    this.latest.want({ steps: MEASURED_STEPS });
    // The button is gone in a moment; the keyboard must not fall back to the page's top.
    this.state.root.focus();
    this.again();
  }

  private again(): void {
    if (this.view !== null) this.update(this.view);
  }

  private go(position: number): void {
    if (this.view !== null) this.stand(stepOfPosition(this.view.snapshot, position));
  }

  private stand(step: number): void {
    const { view } = this;
    if (view !== null) this.commands.navigate(toStep(view.snapshot, view.navigation, step));
  }
}
