/** Exact rows for numbers under the cursor, asked when first needed and kept for a while. */
import { Failure } from '../../src/failure/failure';
import type { MatrixAddress } from '../../src/protocol/address';
import type { Answer, Question } from '../../src/protocol/queries';
import { numbersOf } from '../../src/protocol/wireTensor';

/** Moving over a matrix touches many rows; 64 rows of 512 weights are 128 kB. */
const MOST_ROWS = 64;

export class ExactRows {
  private readonly rows = new Map<string, Float32Array>();
  private readonly asked = new Set<string>();
  private life = new AbortController();

  constructor(
    private readonly ask: (
      question: Question<'row'>,
      signal: AbortSignal,
    ) => Promise<Answer<'row'>>,
    private readonly changed: () => void,
  ) {}

  /** The weights of a query over its keys, or null until the engine has answered. */
  row(address: MatrixAddress, query: number): Float32Array | null {
    const question: Question<'row'> = { ...address, direction: 'looksAt', token: query };
    const key = JSON.stringify(question);
    const known = this.rows.get(key);
    if (known === undefined) void this.fetch(key, question);
    return known ?? null;
  }

  reset(): void {
    this.life.abort();
    this.life = new AbortController();
    this.rows.clear();
    this.asked.clear();
  }

  private async fetch(key: string, question: Question<'row'>): Promise<void> {
    if (this.asked.has(key)) return;
    this.asked.add(key);
    const { signal } = this.life;
    try {
      const { weights } = await this.ask(question, signal);
      if (signal.aborted) return;
      this.rows.set(key, numbersOf(weights));
      const oldest = this.rows.keys().next();
      if (this.rows.size > MOST_ROWS && oldest.done === false) {
        this.rows.delete(oldest.value);
        this.asked.delete(oldest.value);
      }
      this.changed();
    } catch (error) {
      // A refusal leaves the cell without a number; the row view tells why. It may be asked again.
      if (!signal.aborted) this.asked.delete(key);
      else if (!(error instanceof Failure)) throw error;
    }
  }
}
