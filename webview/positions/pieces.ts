/** A table of numbers by position or distance, fetched piece by piece as it is needed. */
import { Failure, type WireFailure } from '../../src/failure/failure';
import { MAX_PAYLOAD_BYTES } from '../../src/protocol/wireTensor';

const BYTES_A_NUMBER = 4;

/** The rows `[from, to)`, `[row − from, column]`; fewer where there are no more. */
export type AskRows = (from: number, to: number, signal: AbortSignal) => Promise<Float32Array>;

export class Pieces {
  private rows: Float32Array[] = [];
  private running: AbortController | null = null;
  /** How many were wanted when the engine had no more to give. */
  private exhausted = 0;
  failure: WireFailure | null = null;

  constructor(
    private readonly ask: AskRows,
    private readonly changed: () => void,
  ) {}

  /** Rows known so far. */
  get count(): number {
    return this.rows.length;
  }

  /** Tells one filling from the next: what was drawn from an earlier one is out of date. */
  filling = 0;
  width = 0;

  /** `[column]` of one row, or null while unknown. */
  row(index: number): Float32Array | null {
    return this.rows[index] ?? null;
  }

  /** All known rows, `[row, column]`. */
  whole(): Float32Array {
    const values = new Float32Array(this.count * this.width);
    this.rows.forEach((row, index) => values.set(row, index * this.width));
    return values;
  }

  /** Makes sure that `wanted` rows of `width` numbers are known or on their way. */
  ensure(wanted: number, width: number): void {
    if (this.running !== null || this.failure !== null) return;
    if (wanted <= this.count || wanted === this.exhausted) return;
    this.width = width;
    const piece = Math.max(1, Math.floor(MAX_PAYLOAD_BYTES / (BYTES_A_NUMBER * width)));
    void this.fetch(this.count, Math.min(wanted, this.count + piece), wanted);
  }

  reset(): void {
    this.running?.abort();
    this.running = null;
    this.rows = [];
    this.filling++;
    this.exhausted = 0;
    this.failure = null;
  }

  private async fetch(from: number, to: number, wanted: number): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    try {
      const numbers = await this.ask(from, to, controller.signal);
      if (this.running !== controller) return;
      const count = numbers.length / this.width;
      for (let row = 0; row < count; row++)
        this.rows.push(numbers.subarray(row * this.width, (row + 1) * this.width));
      if (count === 0) this.exhausted = wanted;
    } catch (error) {
      if (this.running !== controller) return;
      this.failure = Failure.from(error).toWire();
    }
    this.running = null;
    this.changed();
  }
}
