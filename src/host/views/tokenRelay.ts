import * as v from 'valibot';
import { Failure } from '../../failure/failure';
import { keySide, querySide } from '../../navigation/traceState';
import { whyNoRow } from '../../navigation/whyNoRow';
import { fromTokenViewSchema, type ToTokenView } from '../../protocol/tokenViewMessages';
import type { TraceId } from '../../protocol/trace';
import { DisposableStore, type Disposable } from '../disposables';
import type { Inspection } from '../inspection/inspection';
import type { Inspections } from '../inspection/inspections';
import type { Reader } from '../inspection/reader';
import type { Rows } from '../inspection/rows';
import type { Greeting } from './panelRelay';
import { isSameTable, tokenTable } from './tokenTable';

type Shown = Extract<ToTokenView, { type: 'table' }>;

/**
 * Between the *Token* view's page and reader and rows. Every message is the whole table, so that a
 * page that was away misses nothing. One row is asked for at a time: a cursor that moves faster
 * than rows come skips what lies between. A page that is away gets nothing and asks for nothing.
 */
export class TokenRelay implements Disposable {
  private readonly store = new DisposableStore();
  private present = false;
  private greeted = false;
  private asking = false;
  /** Something changed while a row was on its way. */
  private outdated = false;
  /** What the page shows. */
  private shown: Shown | null = null;

  constructor(
    private readonly post: (message: ToTokenView) => void,
    private readonly inspections: Pick<Inspections, 'current' | 'events'>,
    private readonly reader: Pick<Reader, 'changed' | 'state' | 'choose'>,
    private readonly rows: Pick<Rows, 'rowOf'>,
    private readonly greeting: Greeting,
  ) {
    this.store.add(reader.changed.on(() => void this.refresh()));
    this.store.add(
      inspections.events.on(({ inspection, event }) => {
        if (!this.isCurrent(event.trace) || event.type === 'picture') return;
        // What is written changes nothing in the rows of the text that was read.
        if (event.type === 'token' && isOfText(inspection)) return;
        void this.refresh();
      }),
    );
  }

  /** The view is hidden: VS Code destroys its page before long. */
  away(): void {
    this.present = false;
  }

  /** The view is seen again. A page that lived through it says nothing; a new one says `ready`. */
  back(): void {
    if (!this.greeted) return;
    this.present = true;
    void this.refresh();
  }

  /** Anything at all that the page sent. Resolves when it is dealt with. */
  async receive(raw: unknown): Promise<void> {
    const parsed = v.safeParse(fromTokenViewSchema, raw);
    if (!parsed.success) {
      const failure = new Failure('internal.unexpected', { reason: parsed.issues[0].message });
      this.send({ type: 'table', table: null, failure: failure.toWire() });
      return;
    }
    const message = parsed.output;
    if (message.type === 'choose') {
      const { trace, side, index } = message;
      // Of a table that is about to be replaced: it counts another text's tokens, or words.
      const { unit } = this.reader.state.navigation;
      if (!this.isCurrent(trace) || this.shown?.table?.address.unit !== unit) return;
      this.reader.choose({ side, index }, true);
      return;
    }
    this.present = true;
    this.greeted = true;
    this.shown = null;
    this.post({ type: 'welcome', ...this.greeting, bundle: { ...this.greeting.bundle } });
    await this.refresh();
  }

  dispose(): void {
    this.away();
    this.greeted = false;
    this.store.dispose();
  }

  private async refresh(): Promise<void> {
    this.outdated = true;
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.outdated && this.present) {
        this.outdated = false;
        const message = await this.message();
        if (message !== null) this.send(message);
      }
    } finally {
      this.asking = false;
    }
  }

  /** What there is to show now; null if it is of yesterday by the time it is known. */
  private async message(): Promise<Shown | null> {
    const inspection = this.inspections.current;
    if (inspection === null) return { type: 'table', table: null, failure: null };
    const { snapshot, navigation } = inspection;
    try {
      const row = await this.rows.rowOf(inspection);
      if (!this.isCurrent(snapshot.trace)) return null;
      const table = row && tokenTable(snapshot, row, this.reader.state.colourScale);
      const failure = table === null ? whyNoRow(navigation, snapshot) : null;
      return { type: 'table', table, failure };
    } catch (thrown) {
      if (!this.isCurrent(snapshot.trace)) return null;
      return { type: 'table', table: null, failure: Failure.from(thrown).toWire() };
    }
  }

  private isCurrent(trace: TraceId): boolean {
    return this.inspections.current?.snapshot.trace === trace;
  }

  private send(message: Shown): void {
    if (!this.present || (this.shown !== null && isSame(this.shown, message))) return;
    this.shown = message;
    this.post(message);
  }
}

function isSame(a: Shown, b: Shown): boolean {
  if (a.table !== null && b.table !== null) return isSameTable(a.table, b.table);
  return a.table === b.table && JSON.stringify(a.failure) === JSON.stringify(b.failure);
}

/** Whether the rows shown are those of the text that was read, from end to end. */
const isOfText = ({ snapshot, navigation: { stack } }: Inspection): boolean =>
  querySide(snapshot, stack) === 'source' && keySide(snapshot, stack) === 'source';
