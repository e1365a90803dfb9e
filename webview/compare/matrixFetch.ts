/** A whole matrix of exact numbers, asked for in as many messages as it takes. */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { MatrixAddress } from '../../src/protocol/address';
import type { TraceId } from '../../src/protocol/trace';
import { MAX_PAYLOAD_BYTES, numbersOf } from '../../src/protocol/wireTensor';
import type { ExactMatrix } from '../drawing/difference';
import type { Commands } from '../inspector/view';

export interface WantedMatrix {
  readonly trace: TraceId;
  readonly address: MatrixAddress;
  readonly queries: number;
  readonly keys: number;
}

export class MatrixFetch {
  private wanted: string | null = null;
  private running: AbortController | null = null;
  private matrix: ExactMatrix | null = null;
  private problem: WireFailure | null = null;

  constructor(
    private readonly ask: Commands['askAbout'],
    private readonly changed: () => void,
  ) {}

  /** What is wanted; null while it is on its way. */
  get known(): ExactMatrix | null {
    return this.matrix;
  }

  get failure(): WireFailure | null {
    return this.problem;
  }

  /** Asks, unless this very matrix is asked for or known already. */
  want(matrix: WantedMatrix | null): void {
    const key = matrix === null ? null : JSON.stringify(matrix);
    if (key === this.wanted) return;
    this.wanted = key;
    this.running?.abort();
    this.running = null;
    this.matrix = null;
    this.problem = null;
    if (matrix !== null) void this.fetch(matrix);
  }

  private async fetch({ trace, address, queries, keys }: WantedMatrix): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    // [query, key]
    const weights = new Float32Array(queries * keys);
    const rows = Math.max(1, Math.floor(MAX_PAYLOAD_BYTES / (4 * Math.max(1, keys))));
    try {
      for (let from = 0; from < queries; from += rows) {
        const to = Math.min(queries, from + rows);
        const question = { ...address, from, to };
        const part = await this.ask(trace, 'matrixRows', question, controller.signal);
        if (part.shape[0] !== to - from || part.shape[1] !== keys)
          throw new Failure('internal.unexpected', { reason: 'rows of another matrix' });
        weights.set(numbersOf(part), from * keys);
      }
      if (this.running === controller) this.matrix = { queries, keys, weights };
    } catch (error) {
      if (this.running === controller) this.problem = Failure.from(error).toWire();
    }
    if (this.running !== controller) return;
    this.running = null;
    this.changed();
  }
}
