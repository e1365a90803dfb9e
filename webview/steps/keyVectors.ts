/** Keys and values of a head as a query meets them: asked for in as many pieces as messages allow. */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { Question } from '../../src/protocol/queries';
import { MAX_PAYLOAD_BYTES, numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';

/** Keys, values and weighted values of a key, as float32. */
const BYTES_A_NUMBER = 3 * 4;

export interface Vectors {
  /** `[key, d_k]` each. */
  readonly keys: Float32Array;
  readonly values: Float32Array;
  readonly weighted: Float32Array;
  readonly width: number;
}

type Place = Omit<Question<'stepVectors'>, 'from' | 'to'>;

export class KeyVectors {
  private wanted = '';
  private running: AbortController | null = null;
  private found: Vectors | null = null;
  private why: WireFailure | null = null;

  constructor(
    private readonly ask: Commands['ask'],
    private readonly changed: () => void,
  ) {}

  /** Of what was wanted last; null: not there yet. */
  get known(): Vectors | null {
    return this.found;
  }

  get failure(): WireFailure | null {
    return this.why;
  }

  /** @param stamp names what is asked about: the trace, too */
  want(stamp: string, place: Place, count: number, width: number): void {
    const wanted = JSON.stringify([stamp, count]);
    if (wanted === this.wanted) return;
    this.reset();
    this.wanted = wanted;
    void this.fetch(place, count, width);
  }

  reset(): void {
    this.running?.abort();
    this.running = null;
    this.wanted = '';
    this.found = null;
    this.why = null;
  }

  private async fetch(place: Place, count: number, width: number): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    const at = Math.max(1, Math.floor(MAX_PAYLOAD_BYTES / (BYTES_A_NUMBER * width)));
    const empty = (): Float32Array => new Float32Array(count * width);
    const all = { keys: empty(), values: empty(), weighted: empty(), width };
    try {
      for (let from = 0; from < count; from += at) {
        const to = Math.min(count, from + at);
        const piece = await this.ask('stepVectors', { ...place, from, to }, controller.signal);
        for (const name of ['keys', 'values', 'weighted'] as const)
          all[name].set(numbersOf(piece[name]), from * width);
      }
      if (this.running !== controller) return;
      this.found = all;
    } catch (error) {
      if (this.running !== controller) return;
      this.why = Failure.from(error).toWire();
    }
    this.running = null;
    this.changed();
  }
}
