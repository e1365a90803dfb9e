import { rowAddress } from '../../navigation/navigationRules';
import { layersToShow } from '../../navigation/traceState';
import type { RowAddress } from '../../protocol/address';
import type { Answer } from '../../protocol/queries';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import { DisposableStore, type Disposable } from '../disposables';
import type { EngineClient } from '../engine/engineClient';
import type { Inspection } from './inspection';
import type { Inspections } from './inspections';

/** Rows kept: a reader's way back over a few sentences. 512 weights and norms are 4 kB. */
const MAX_ROWS = 256;

/** A row as it was asked for. */
export interface ChosenRow {
  readonly address: RowAddress;
  readonly row: Answer<'row'>;
}

/**
 * The rows that editor, hover and side panel show, asked for once: the same question has one answer
 * wherever it is asked.
 */
export class Rows implements Disposable {
  private readonly store = new DisposableStore();
  /** The one used longest ago first. */
  private readonly known = new Map<string, Promise<Answer<'row'>>>();

  constructor(
    private readonly engine: Pick<EngineClient, 'ask'>,
    inspections: Pick<Inspections, 'dropped'>,
  ) {
    this.store.add(inspections.dropped.on(({ snapshot }) => this.forget(snapshot.trace)));
  }

  /** The row that the reader stands on; null while there is none. @throws Failure `trace.*` */
  async rowOf({ navigation, snapshot }: Inspection): Promise<ChosenRow | null> {
    const address = rowAddress(navigation, snapshot, null);
    return address === null ? null : { address, row: await this.ask(snapshot, address) };
  }

  /** @throws Failure `trace.*` */
  ask(snapshot: TraceSnapshot, address: RowAddress): Promise<Answer<'row'>> {
    const { trace, layers, written } = snapshot;
    // Means over layers and columns over the output grow with the run, and what is approximate gives way.
    const shown = `${layers.length} ${layersToShow(snapshot).length} ${written.length}`;
    const key = `${trace}/${shown}/${JSON.stringify(address)}`;
    const row = this.known.get(key) ?? this.engine.ask(trace, { name: 'row', question: address });
    this.known.delete(key);
    this.known.set(key, row);
    // A refusal may not hold for ever.
    row.catch(() => this.known.delete(key));
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_ROWS) break;
      this.known.delete(oldest);
    }
    return row;
  }

  /** Rows kept now. For tests. */
  get count(): number {
    return this.known.size;
  }

  dispose(): void {
    this.store.dispose();
    this.known.clear();
  }

  private forget(trace: string): void {
    for (const key of this.known.keys()) if (key.startsWith(`${trace}/`)) this.known.delete(key);
  }
}
