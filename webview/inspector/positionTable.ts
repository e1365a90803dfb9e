/** Positional encodings of one side, fetched in chunks as the side grows. */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { Answer } from '../../src/protocol/queries';
import { MAX_PAYLOAD_BYTES, numbersOf } from '../../src/protocol/wireTensor';

const BYTES_A_NUMBER = 4;

export class PositionTable {
  private chunks: Float32Array[] = [];
  private have = 0;
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
    return this.have;
  }

  width = 0;
  layout: Answer<'positions'>['layout'] = 'interleaved';

  /** `[d_model]` of one position, or null while unknown. */
  row(position: number): Float32Array | null {
    if (position >= this.have) return null;
    let start = 0;
    for (const chunk of this.chunks) {
      const rows = chunk.length / this.width;
      if (position < start + rows) {
        const at = (position - start) * this.width;
        return chunk.subarray(at, at + this.width);
      }
      start += rows;
    }
    return null;
  }

  /** Makes sure that `wanted` positions are known or on their way. */
  ensure(wanted: number, dModel: number): void {
    if (this.running !== null || this.failure !== null) return;
    if (wanted <= this.have || wanted === this.exhausted) return;
    this.width = dModel;
    const chunk = Math.max(1, Math.floor(MAX_PAYLOAD_BYTES / (BYTES_A_NUMBER * dModel)));
    void this.fetch(this.have, Math.min(wanted, this.have + chunk), wanted);
  }

  reset(): void {
    this.running?.abort();
    this.running = null;
    this.chunks = [];
    this.have = 0;
    this.exhausted = 0;
    this.failure = null;
  }

  private async fetch(from: number, to: number, wanted: number): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    try {
      const { table, layout } = await this.ask(from, to, controller.signal);
      if (this.running !== controller) return;
      const rows = table.shape[0] ?? 0;
      if (rows > 0) this.chunks.push(numbersOf(table));
      else this.exhausted = wanted;
      this.have += rows;
      this.layout = layout;
    } catch (error) {
      if (this.running !== controller) return;
      this.failure = Failure.from(error).toWire();
    }
    this.running = null;
    this.changed();
  }
}
