/**
 * One thing done differently, beside the model as it was trained: what is changed stands in
 * `navigation.whatIf`, and the model runs again for it. The rest of the panel stays as trained.
 */
import type { Translate } from '../../src/language/translate';
import { shortName } from '../../src/navigation/names';
import type { Change } from '../../src/protocol/change';
import type { TraceId } from '../../src/protocol/trace';
import { Latest } from '../inspector/latest';
import type { Commands, Part, View } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { StudyState } from '../parts/studyState';
import { ChangePicker } from './changePicker';
import { ChosenChange } from './chosenChange';
import type { Situation } from './choices';
import { ChangedMaps } from './changedMaps';
import { ChangedMeasures } from './changedMeasures';
import { ChangedOutputCard } from './changedOutput';
import { ChangedRow } from './changedRow';
import { ChangedText } from './changedText';
import { EmbeddingLengths } from './embeddingLengths';
import { headFindings } from './findings';
import { outputWords } from './outputWords';
import { outputPosition, placeOf, type Place } from './place';

export class WhatIfPanel implements Part {
  readonly root: HTMLElement;
  private readonly head: Latest<'whatIf'>;
  private readonly matrix: Latest<'whatIfMatrix'>;
  private readonly output: Latest<'whatIfOutput'>;
  private readonly text: Latest<'whatIfText'>;
  private readonly lengths: Latest<'whatIfEmbedding'>;
  private readonly factors: Latest<'factors'>;
  private readonly states: readonly StudyState[];
  private readonly waiting = element('p', { class: 'waiting' });
  private readonly body: HTMLElement;
  private readonly picker: ChangePicker;
  private readonly chosen: ChosenChange;
  private readonly stoodIn = element('p', { class: 'hint' });
  private readonly findings = element('ul', {
    class: 'findings',
    attributes: { 'aria-live': 'polite' },
  });
  private readonly results: HTMLElement;
  private readonly maps: ChangedMaps;
  private readonly row: ChangedRow;
  private readonly measures: ChangedMeasures;
  private readonly outputCard: ChangedOutputCard;
  private readonly textCard: ChangedText;
  private readonly lengthsCard: EmbeddingLengths;
  private trace: TraceId | null = null;
  private view: View | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const redraw = (): void => {
      if (this.view?.navigation.view === 'whatIf') this.update(this.view);
    };
    this.head = new Latest((q, signal, told) => commands.ask('whatIf', q, signal, told), redraw);
    this.matrix = new Latest(
      (q, signal, told) => commands.ask('whatIfMatrix', q, signal, told),
      redraw,
    );
    this.output = new Latest(
      (q, signal, told) => commands.ask('whatIfOutput', q, signal, told),
      redraw,
    );
    this.text = new Latest(
      (q, signal, told) => commands.ask('whatIfText', q, signal, told),
      redraw,
    );
    this.lengths = new Latest(
      (q, signal, told) => commands.ask('whatIfEmbedding', q, signal, told),
      redraw,
    );
    this.factors = new Latest((q, signal) => commands.ask('factors', q, signal), redraw);
    const [headState, matrixState, outputState, textState] = [
      new StudyState(t, this.head),
      new StudyState(t, this.matrix),
      new StudyState(t, this.output),
      new StudyState(t, this.text),
    ];
    this.states = [headState, matrixState, outputState, textState];
    this.picker = new ChangePicker(t, commands);
    this.chosen = new ChosenChange(t, commands);
    this.maps = new ChangedMaps(t, commands);
    this.row = new ChangedRow(t);
    this.measures = new ChangedMeasures(t);
    this.outputCard = new ChangedOutputCard(t, commands, outputState.root);
    this.textCard = new ChangedText(t, textState.root);
    this.lengthsCard = new EmbeddingLengths(t);
    const mapsCard = element(
      'section',
      { class: 'card wide', attributes: { 'aria-label': t('The head’s matrix') } },
      matrixState.root,
      this.maps.root,
    );
    this.results = element(
      'div',
      { class: 'what-if-results' },
      mapsCard,
      this.row.root,
      this.measures.root,
      this.lengthsCard.root,
      this.outputCard.root,
      this.textCard.root,
    );
    this.body = element(
      'div',
      { class: 'what-if' },
      element(
        'p',
        { class: 'hint' },
        t(
          'Choose one thing to be done differently. The model runs again with it, and both results stand side by side; the rest of the panel and the editor stay as trained.',
        ),
      ),
      this.picker.root,
      this.chosen.root,
      this.stoodIn,
      headState.root,
      this.findings,
      this.results,
    );
    this.root = element('div', { class: 'whatIf-panel' }, this.waiting, this.body);
  }

  update(view: View): void {
    this.view = view;
    const { snapshot, navigation } = view;
    if (snapshot.trace !== this.trace) this.forget(snapshot.trace);
    const place = placeOf(view);
    const { plan, outcome } = snapshot;
    const ready = plan !== null && outcome !== null && place !== null;
    show(this.waiting, !ready);
    show(this.body, ready);
    setText(
      this.waiting,
      ready
        ? ''
        : outcome === null
          ? this.t('What-ifs are computed when the run is complete.')
          : this.t('The run ended before anything was read. Run it again.'),
    );
    if (!ready) return;
    this.factors.want({});
    const situation = { snapshot, plan, place, factors: this.factors.known.answer };
    this.picker.update(situation, navigation.whatIf);
    this.chosen.update(situation, navigation.whatIf);
    this.want(navigation.whatIf, situation, view);
    this.showResults(navigation.whatIf, place, view);
    for (const state of this.states) state.update();
    // One thing at a time is said to be on its way: the others follow the head.
    for (const state of this.states.slice(1)) show(state.root, this.head.known.fresh);
  }

  private forget(trace: TraceId): void {
    this.trace = trace;
    for (const one of [this.head, this.matrix, this.output, this.text, this.lengths, this.factors])
      one.reset();
  }

  /** The head goes first: why it fails, the others would too. */
  private want(change: Change | null, { place, plan }: Situation, view: View): void {
    const { stack, layer, head, query } = place;
    const here = change === null ? null : { change, stack, layer, head };
    this.head.want(here === null ? null : { ...here, query });
    const failed = this.head.known.failure !== null;
    const next = failed ? null : change;
    this.matrix.want(failed ? null : here);
    this.output.want(next && { change: next, position: outputPosition(view) });
    const { architecture, task } = plan.model;
    const writes = architecture === 'encoderDecoder' && task === 'nextToken';
    this.text.want(next && writes ? { change: next } : null);
    const unscaled = next?.kind === 'embeddingUnscaled' ? next : null;
    this.lengths.want(unscaled && { side: unscaled.side });
  }

  private showResults(change: Change | null, place: Place, view: View): void {
    const { answer, answered, fresh, failure } = this.head.known;
    show(this.stoodIn, change !== null && this.standsIn(place, view) !== '');
    setText(this.stoodIn, this.standsIn(place, view));
    // What was given up leaves the last answer behind: it belongs to another change.
    const there = change !== null && answer !== null && failure === null;
    show(this.results, there);
    show(this.findings, there);
    this.findings.classList.toggle('outdated', !fresh);
    if (!there || answered === null) return;
    this.results.classList.toggle('stale', !fresh);
    const shown = { ...place, stack: answered.stack, layer: answered.layer, head: answered.head };
    const answeredPlace = { ...shown, query: answered.query };
    this.maps.update(this.matrix.known, view, place);
    this.row.update(answer, view, answeredPlace);
    this.measures.update(answer, view.snapshot.plan?.model.headWidth ?? 0);
    const { known } = this.lengths;
    show(this.lengthsCard.root, known.answer !== null);
    if (known.answer !== null && known.answered !== null)
      this.lengthsCard.update(known.answer, known.answered, view);
    this.outputCard.update(this.output.known, view);
    show(this.textCard.root, this.text.known.question !== null);
    this.textCard.update(this.text.known, view.snapshot);
    this.tell(answered.change, answeredPlace, view);
  }

  private tell(change: Change, place: Place, view: View): void {
    const { t } = this;
    const { answer: head } = this.head.known;
    const { answer: matrix, fresh } = this.matrix.known;
    const { answer: output, fresh: told } = this.output.known;
    const words = [
      ...(head === null || matrix === null || !fresh
        ? []
        : headFindings({ change, place, head, moved: matrix.moved }, view.snapshot, t)),
      ...(output === null || !told ? [] : [outputWords(output, view.snapshot, t)]),
    ];
    const said = [...this.findings.children].map((item) => item.textContent).join('\n');
    if (words.join('\n') !== said)
      this.findings.replaceChildren(...words.map((one) => element('li', {}, one)));
  }

  /** Where this view shows other things than the views beside it. */
  private standsIn(place: Place, { navigation }: View): string {
    const { t } = this;
    return [
      ...(place.stoodIn
        ? [
            t('Changes are looked at in one head: {name}. Choose another above.', {
              name: shortName(place, t),
            }),
          ]
        : []),
      ...(navigation.unit === 'word' || navigation.hideSpecials
        ? [
            t(
              'Here all tokens stand by themselves, special ones too: that is what the model reads.',
            ),
          ]
        : []),
    ].join(' ');
  }
}
