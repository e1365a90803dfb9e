/** How rotary positions turn a head, by distance and pair of dimensions: asked for piece by piece. */
import type { WireFailure } from '../../src/failure/failure';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';
import { Pieces } from './pieces';

export class Rotation {
  /** cos(distance · θ), `[distance, pair]`. */
  readonly cosines: Pieces;
  /** θ of each pair in radians a position, `[pair]`. */
  frequencies: Float32Array = new Float32Array();
  /** Factor on turned queries and keys; 1 but for YaRN. */
  factor = 1;
  /** Mean of the cosines over pairs, by distance. */
  private means: number[] = [];

  constructor(ask: Commands['ask'], changed: () => void) {
    this.cosines = new Pieces(async (from, to, signal) => {
      const answer = await ask('rotation', { from, to }, signal);
      if (signal.aborted) return new Float32Array();
      this.frequencies = numbersOf(answer.frequencies);
      this.factor = answer.factor;
      numbersOf(answer.similarity).forEach((mean, i) => (this.means[from + i] = mean));
      return numbersOf(answer.cosines);
    }, changed);
  }

  get failure(): WireFailure | null {
    return this.cosines.failure;
  }

  /** Distances known so far, from 0. */
  get count(): number {
    return this.cosines.count;
  }

  cosine(distance: number, pair: number): number {
    return this.cosines.row(distance)?.[pair] ?? Number.NaN;
  }

  similarity(distance: number): number {
    return this.means[distance] ?? Number.NaN;
  }

  ensure(distances: number, pairs: number): void {
    this.cosines.ensure(distances, pairs);
  }

  reset(): void {
    this.cosines.reset();
    this.means = [];
    this.frequencies = new Float32Array();
  }
}
