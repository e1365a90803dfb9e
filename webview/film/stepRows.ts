/**
 * Exact rows of the steps of a film, some neighbouring ones at a time: going on to the next step then
 * asks nothing. Only the newest question counts; what came stays for a while.
 */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { MatrixAddress } from '../../src/protocol/address';
import type { TraceId } from '../../src/protocol/trace';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';

/** Rows of one answer: of 1,000 keys they are 128 kB. */
const BLOCK = 32;
/** Answers kept: 200 steps of three or four heads, at most 4 MB. */
const MOST_BLOCKS = 32;

interface Block {
  readonly from: number;
  readonly to: number;
  /** `[key]` each. */
  readonly rows: readonly Float32Array[];
}

export interface WantedRow {
  readonly trace: TraceId;
  readonly address: MatrixAddress;
  readonly query: number;
  /** Rows there are so far. */
  readonly available: number;
}

/** First and last row of the answer that holds a row. */
export function blockAround(
  query: number,
  available: number,
): { readonly from: number; readonly to: number } {
  const from = query - (query % BLOCK);
  return { from, to: Math.min(from + BLOCK, available) };
}

export class StepRows {
  private readonly blocks = new Map<string, Block>();
  private running: { readonly key: string; readonly to: number; life: AbortController } | null =
    null;
  private problem: { readonly question: string; readonly failure: WireFailure } | null = null;
  private trace: TraceId | null = null;

  constructor(
    private readonly ask: Commands['ask'],
    private readonly changed: () => void,
  ) {}

  /** Why the row wanted last is not there; null: it is, or is on its way. */
  get failure(): WireFailure | null {
    return this.problem?.failure ?? null;
  }

  /** `[key]`, in the very same array while it is the same row; null: it is being asked for, or cannot be had. */
  want(row: WantedRow): Float32Array | null {
    const { trace, address, query, available } = row;
    if (trace !== this.trace) this.reset(trace);
    const { from, to } = blockAround(query, available);
    const key = JSON.stringify([address, from]);
    const known = this.blocks.get(key);
    if (known !== undefined && query < known.to) {
      this.problem = null;
      return known.rows[query - known.from] ?? null;
    }
    const question = `${key}${to}`;
    if (query >= to || this.problem?.question === question) return null;
    this.problem = null;
    if (this.running?.key !== key || query >= this.running.to)
      void this.fetch(key, address, from, to);
    return null;
  }

  private reset(trace: TraceId): void {
    this.trace = trace;
    this.running?.life.abort();
    this.running = null;
    this.problem = null;
    this.blocks.clear();
  }

  private async fetch(key: string, address: MatrixAddress, from: number, to: number) {
    this.running?.life.abort();
    const life = new AbortController();
    this.running = { key, to, life };
    try {
      const answer = await this.ask('matrixRows', { ...address, from, to }, life.signal);
      if (life.signal.aborted) return;
      // [query − from, key]
      const [count = 0, keys = 0] = answer.shape;
      const weights = numbersOf(answer);
      const rows = Array.from({ length: count }, (_, row) =>
        weights.subarray(row * keys, (row + 1) * keys),
      );
      this.blocks.delete(key);
      this.blocks.set(key, { from, to, rows });
      const oldest = this.blocks.keys().next();
      if (this.blocks.size > MOST_BLOCKS && oldest.done === false) this.blocks.delete(oldest.value);
    } catch (error) {
      if (!life.signal.aborted)
        this.problem = { question: `${key}${to}`, failure: Failure.from(error).toWire() };
      else if (!(error instanceof Failure)) throw error;
    }
    if (life.signal.aborted) return;
    this.running = null;
    this.changed();
  }
}
