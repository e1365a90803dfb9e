/** Positional encodings of one side, fetched in chunks as the side grows. */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { Answer } from '../../src/protocol/queries';
import { MAX_PAYLOAD_BYTES, numbersOf } from '../../src/protocol/wireTensor';

const BYTES_A_NUMBER = 4;

export class PositionTable {
  private rows: Float32Array[] = [];
  private running: AbortController | null = null;
  /** How many were wanted when the engine had no more to give. */
  private exhausted = 0;
  failure: WireFailure | null = null;

  constructor(
    private readonly ask: (
      from: number,
      to: number,
      signal: AbortSignal,
    ) => Promise<Answer<'positions'>>,
    private readonly changed: () => void,
  ) {}

  /** Positions known so far. */
  get count(): number {
    return this.rows.length;
  }

  /** Tells one filling from the next: what was drawn from an earlier one is out of date. */
  filling = 0;
  width = 0;
  layout: Answer<'positions'>['layout'] = 'interleaved';

  /** `[d_model]` of one position, or null while unknown. */
  row(position: number): Float32Array | null {
    return this.rows[position] ?? null;
  }

  /** Makes sure that `wanted` positions are known or on their way. */
  ensure(wanted: number, dModel: number): void {
    if (this.running !== null || this.failure !== null) return;
    if (wanted <= this.count || wanted === this.exhausted) return;
    this.width = dModel;
    const chunk = Math.max(1, Math.floor(MAX_PAYLOAD_BYTES / (BYTES_A_NUMBER * dModel)));
    void this.fetch(this.count, Math.min(wanted, this.count + chunk), wanted);
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
      const { table, layout } = await this.ask(from, to, controller.signal);
      if (this.running !== controller) return;
      const count = table.shape[0] ?? 0;
      const numbers = numbersOf(table);
      for (let row = 0; row < count; row++)
        this.rows.push(numbers.subarray(row * this.width, (row + 1) * this.width));
      if (count === 0) this.exhausted = wanted;
      this.layout = layout;
    } catch (error) {
      if (this.running !== controller) return;
      this.failure = Failure.from(error).toWire();
    }
    this.running = null;
    this.changed();
  }
}
