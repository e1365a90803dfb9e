/** A beam search as it went: which sequences lived, which died, which ended, and what won. */
import type { Translate } from '../../../src/language/translate';
import { currentStep, toStep } from '../../../src/navigation/film';
import { isRunning } from '../../../src/navigation/traceState';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { plainWriting, type Hypothesis } from '../../../src/protocol/writing';
import type { Commands, Part, View } from '../../inspector/view';
import { card } from '../../parts/card';
import { element, setText, show } from '../../parts/element';
import { TwinTable } from '../../parts/twinTable';
import { BeamDrawing } from './beamDrawing';
import { latticeOf, pathOf, type Lattice, type LatticeNode } from './beamLattice';
import { beamAfterKey } from './beamMoves';
import { beamSentence, beamTable } from './beamWords';
import { HypothesesTable } from './hypothesesTable';
import { KeptSearch, type SearchSeen } from './keptSearch';

/** Steps in the table around the one in sight: 16 beams over 200 steps would be 3200 rows. */
const TABLE_STEPS = 40;
const READOUT = 'beam-readout';

export class BeamsCard implements Part {
  readonly root: HTMLElement;
  private readonly hint = element('p', { class: 'hint' });
  private readonly elsewhere = element('p', { class: 'hint' });
  private readonly readout = element('p', {
    class: 'beam-readout',
    attributes: { id: READOUT, role: 'status', dir: 'auto' },
  });
  private readonly drawing: BeamDrawing;
  private readonly twin: TwinTable;
  private readonly listed = element('p', { class: 'hint' });
  private readonly hypotheses: HypothesesTable;
  private readonly kept = new KeptSearch();
  private seen: SearchSeen | null = null;
  private lattice: Lattice = { columns: [], lanes: 0 };
  private winner: ReadonlySet<LatticeNode> = new Set();
  private cursor: LatticeNode | null = null;
  private pointed: LatticeNode | null = null;
  private current: number | null = null;
  private stamp = 0;
  private view: View | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.drawing = new BeamDrawing(t('Beams, step by step'), READOUT, {
      point: (node) => {
        if (node === this.pointed) return;
        this.pointed = node;
        this.tell();
      },
      pick: (node) => {
        this.goTo(node);
        this.drawing.room.focus({ preventScroll: true });
      },
    });
    this.drawing.room.addEventListener('keydown', (event) => this.keydown(event));
    this.twin = new TwinTable(t('The beams as a table'));
    this.twin.root.append(this.listed);
    this.hypotheses = new HypothesesTable(t, (one) => this.showHypothesis(one));
    this.root = card(
      t('The beams of the search'),
      'wide',
      this.hint,
      this.elsewhere,
      this.drawing.room,
      this.readout,
      this.twin.root,
      this.hypotheses.root,
    );
    this.root.classList.add('beams-card');
  }

  update(view: View): void {
    const { snapshot } = view;
    const seen = this.kept.see(snapshot);
    this.view = view;
    show(this.root, seen !== null);
    if (seen === null) return;
    if (seen.search !== this.seen?.search || seen.over !== this.seen.over) this.follow(seen);
    this.seen = seen;
    const step = seen.trace === snapshot.trace ? this.columnOf(view) : null;
    if (step !== null && step !== this.current) this.drawing.reveal(step);
    this.current = step;
    show(this.elsewhere, seen.trace !== snapshot.trace);
    setText(
      this.elsewhere,
      this.t(
        'This search wrote another output of the text; what is on screen was not searched for.',
      ),
    );
    this.draw();
    const { hypotheses } = seen.search;
    show(this.hypotheses.root, hypotheses.length > 0);
    this.hypotheses.update(hypotheses, shownAmong(hypotheses, snapshot));
  }

  /** The search goes on, or is another. */
  private follow(seen: SearchSeen): void {
    const { steps, hypotheses } = seen.search;
    this.stamp++;
    this.lattice = latticeOf(steps, seen.over);
    this.winner = new Set(pathOf(this.lattice, hypotheses[0]?.ids ?? []));
    setText(this.hint, this.summary(seen));
    const same = seen.trace === this.seen?.trace;
    this.cursor = same ? this.again(this.cursor) : null;
    this.pointed = same ? this.again(this.pointed) : null;
  }

  /** The same beam in the lattice as it is now. */
  private again(node: LatticeNode | null): LatticeNode | null {
    if (node === null) return null;
    const column = this.lattice.columns[node.step] ?? [];
    const ended = (one: LatticeNode): boolean => one.fate === 'ended';
    return column.find((one) => one.place === node.place && ended(one) === ended(node)) ?? null;
  }

  /** Given tokens stand before the first step of the search. */
  private columnOf({ snapshot, navigation }: View): number | null {
    const step = currentStep(snapshot, navigation);
    const column = step === null ? -1 : step - givenTokens(snapshot);
    return column >= 0 && column < this.lattice.columns.length ? column : null;
  }

  private draw(): void {
    const { lattice, winner, current, cursor } = this;
    this.drawing.update({ lattice, winner, current, cursor });
    const count = lattice.columns.length;
    const at = cursor?.step ?? current ?? count - 1;
    const first = Math.max(0, Math.min(at - TABLE_STEPS / 2, count - TABLE_STEPS));
    const behind = Math.min(count, first + TABLE_STEPS);
    this.twin.update(JSON.stringify([this.stamp, first, behind]), () =>
      beamTable(this.t, lattice, [first, behind], winner),
    );
    show(this.listed, behind - first < count);
    setText(
      this.listed,
      this.t('Steps {first} to {last} of {count}: those around the beam or step you are at.', {
        first: first + 1,
        last: behind,
        count,
      }),
    );
    this.tell();
  }

  private tell(): void {
    const node = this.pointed ?? this.cursor;
    setText(
      this.readout,
      node === null
        ? this.t('Point at a beam, or use the arrow keys; Enter goes to its step.')
        : beamSentence(this.t, node, this.winner.has(node)),
    );
  }

  private summary({ search, over }: SearchSeen): string {
    const { t, lattice, winner } = this;
    const nodes = lattice.columns.flat();
    const count = (fate: LatticeNode['fate']): number =>
      nodes.filter((node) => node.fate === fate).length;
    const words = { steps: search.steps.length, died: count('died'), ended: count('ended') };
    if (!over)
      return t(
        '{steps} steps so far: {died} beams died, {ended} ended. Score = sum ÷ length ^ length penalty.',
        words,
      );
    return winner.size === 0
      ? t(
          '{steps} steps: {died} beams died, {ended} ended. Score = sum ÷ length ^ length penalty.',
          words,
        )
      : t(
          '{steps} steps: {died} beams died, {ended} ended; the best is drawn bold. Score = sum ÷ length ^ length penalty.',
          words,
        );
  }

  private keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && this.cursor !== null) {
      event.preventDefault();
      this.goTo(this.cursor);
      return;
    }
    const start = this.start();
    const moved = start === null ? null : beamAfterKey(event.key, this.lattice, start);
    const leaves = event.key === 'Escape' && this.cursor !== null;
    if (moved === null && !leaves) return;
    // The first key only shows where the keyboard stands.
    const next = leaves ? null : this.cursor === null ? start : moved;
    event.preventDefault();
    this.cursor = next;
    if (next !== null) this.drawing.reveal(next.step);
    this.draw();
  }

  /** Where the keyboard begins: at the step in sight, with what won there. */
  private start(): LatticeNode | null {
    if (this.cursor !== null) return this.cursor;
    const column = this.lattice.columns[this.current ?? this.lattice.columns.length - 1] ?? [];
    return column.find((node) => this.winner.has(node)) ?? column[0] ?? null;
  }

  /** To the beam; and in the film to its step, as far as that is written. */
  private goTo(node: LatticeNode): void {
    this.cursor = node;
    this.draw();
    if (this.view === null || this.seen?.trace !== this.view.snapshot.trace) return;
    const { snapshot, navigation } = this.view;
    const step = node.step + givenTokens(snapshot);
    if (step < snapshot.written.length) this.commands.navigate(toStep(snapshot, navigation, step));
  }

  private showHypothesis({ ids }: Hypothesis): void {
    const writing = this.view?.snapshot.plan?.writing ?? plainWriting;
    this.commands.write({ ...writing, begin: { ids: [...ids], text: null }, further: false });
  }
}

const givenTokens = ({ written }: TraceSnapshot): number =>
  written.filter(({ given }) => given).length;

/** Which of them is on screen; while it is being written, none. */
function shownAmong(hypotheses: readonly Hypothesis[], snapshot: TraceSnapshot): number | null {
  if (isRunning(snapshot)) return null;
  const ids = snapshot.written.map(({ token }) => token.id).join();
  const found = hypotheses.findIndex((one) => one.ids.join() === ids);
  return found < 0 ? null : found;
}
