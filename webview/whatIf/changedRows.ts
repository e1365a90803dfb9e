/** Exact rows of both matrices for numbers under the cursor, asked for in blocks and kept. */
import { Failure } from '../../src/failure/failure';
import type { Question, Answer } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';

/** Rows of one answer take at most so many bytes: a short text comes whole, a long one in pieces. */
const BLOCK_BYTES = 1 << 18;

interface Block {
  readonly asTrained: Float32Array;
  readonly changed: Float32Array;
}

export class ChangedRows {
  /** By number of the block; null: on its way. */
  private readonly blocks = new Map<number, Block | null>();
  private life = new AbortController();

  constructor(
    private readonly ask: Commands['ask'],
    private readonly arrived: () => void,
  ) {}

  /** Both weights of a cell; null until the engine has answered. */
  cell(
    matrix: Question<'whatIfMatrix'>,
    size: Pick<Answer<'whatIfMatrix'>['asTrained'], 'queries' | 'keys'>,
    at: { readonly query: number; readonly key: number },
  ): { readonly asTrained: number; readonly changed: number } | null {
    const rows = Math.max(1, Math.floor(BLOCK_BYTES / (4 * size.keys)));
    const number = Math.floor(at.query / rows);
    const from = number * rows;
    const block = this.blocks.get(number);
    if (block === undefined) {
      this.blocks.set(number, null);
      void this.fetch(number, { ...matrix, from, to: Math.min(size.queries, from + rows) });
    }
    if (block == null) return null;
    const place = (at.query - from) * size.keys + at.key;
    return { asTrained: block.asTrained[place]!, changed: block.changed[place]! };
  }

  /** Another matrix. */
  reset(): void {
    this.life.abort();
    this.life = new AbortController();
    this.blocks.clear();
  }

  private async fetch(number: number, question: Question<'whatIfRows'>): Promise<void> {
    const { signal } = this.life;
    try {
      const { asTrained, changed } = await this.ask('whatIfRows', question, signal);
      if (signal.aborted) return;
      this.blocks.set(number, { asTrained: numbersOf(asTrained), changed: numbersOf(changed) });
      this.arrived();
    } catch (error) {
      // A refusal leaves the cell without numbers; it may be pointed at again.
      if (!signal.aborted) this.blocks.delete(number);
      else if (!(error instanceof Failure)) throw error;
    }
  }
}
