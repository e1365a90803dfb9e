import type { ModelSummary } from '../protocol/trace';
import { CANDIDATES, likelihoods, type Likelihood } from './candidates';

/** What a model says of a source token. */
export interface TokenPrediction {
  /** Likeliest first. */
  readonly top: readonly Likelihood[];
  /** The token that does follow (stand there); null at the end of the text. */
  readonly actual: Likelihood | null;
}

/** Tasks whose output is a token for every token of the text. */
export type TokenTask = 'nextToken' | 'maskedToken';

/** Whether a model says something of each token it reads. An encoder–decoder says what follows in its output, step by step. */
export const predictsTokens = ({ architecture, task }: Predicting): boolean =>
  architecture !== 'encoderDecoder' && isTokenTask(task);

type Predicting = Pick<ModelSummary, 'architecture' | 'task'>;

export const isTokenTask = (task: ModelSummary['task']): task is TokenTask =>
  task === 'nextToken' || task === 'maskedToken';

const ID_BYTES = 4;
const PROBABILITY_BYTES = 8;

/** Bytes that the predictions for a text of `tokens` tokens take. */
export const bytesOfPredictions = (tokens: number): number =>
  tokens * (CANDIDATES * (ID_BYTES + PROBABILITY_BYTES) + PROBABILITY_BYTES);

/**
 * The likeliest tokens at every token of a text. The logits themselves (a text of 1,024 tokens and
 * a vocabulary of 250,000 make a gigabyte) are not kept.
 */
export class TokenPredictions {
  private ids: Uint32Array; // [position, candidate]
  private probabilities: Float64Array; // [position, candidate]
  private actual: Float64Array; // [position]
  private readonly source: number[];
  private count = 0;
  /** Of the last token `[vocabulary]`, what comes after it being no part of the text yet. */
  private last: Float32Array | null = null;
  /** Candidates a position: fewer than usual for a tiny vocabulary. */
  private candidates = 0;

  constructor(
    private readonly task: TokenTask,
    source: readonly number[],
  ) {
    this.source = [...source];
    this.ids = new Uint32Array(source.length * CANDIDATES);
    this.probabilities = new Float64Array(source.length * CANDIDATES);
    this.actual = new Float64Array(source.length);
  }

  get bytes(): number {
    return bytesOfPredictions(this.actual.length) + (this.last?.byteLength ?? 0);
  }

  /**
   * Takes the logits `[position, vocabulary]` of the next positions in: of all at once, or of some
   * at a time.
   * @throws Failure `model.notNumbers`
   */
  append(logits: Float32Array, vocabulary: number): void {
    for (let start = 0; start < logits.length; start += vocabulary) {
      const position = this.count;
      const { top, written } = likelihoods(
        logits.subarray(start, start + vocabulary),
        this.actualId(position) ?? 0,
      );
      this.candidates = top.length;
      for (const [place, { id, probability }] of top.entries()) {
        this.ids[position * CANDIDATES + place] = id;
        this.probabilities[position * CANDIDATES + place] = probability;
      }
      this.actual[position] = written;
      this.count++;
    }
    const isWhole = this.count === this.source.length;
    if (isWhole && this.task === 'nextToken') this.last = logits.slice(-vocabulary);
  }

  /**
   * The text goes on with a token that the model wrote.
   * @throws Failure `model.notNumbers`
   */
  follow(id: number): void {
    const { last, count } = this;
    this.source.push(id);
    if (last && count === this.source.length - 1)
      this.actual[count - 1] = likelihoods(last, id).written;
    if (this.actual.length >= this.source.length) return;
    // Twice as many, so that a long output is not copied with every token.
    const capacity = 2 * this.source.length;
    const grown = <T extends Uint32Array | Float64Array>(before: T, after: T): T => {
      after.set(before);
      return after;
    };
    this.ids = grown(this.ids, new Uint32Array(capacity * CANDIDATES));
    this.probabilities = grown(this.probabilities, new Float64Array(capacity * CANDIDATES));
    this.actual = grown(this.actual, new Float64Array(capacity));
  }

  /** Logits `[vocabulary]` of what follows the whole text; null: it is not whole yet, or tokens are guessed where they stand. */
  get next(): Float32Array | null {
    return this.count === this.source.length ? this.last : null;
  }

  /**
   * Takes over what another, that is whole, says of the first `count` tokens. Both texts begin with
   * these, and go on alike for one more where the other goes on at all.
   */
  adopt(other: TokenPredictions, count: number): void {
    this.ids.set(other.ids.subarray(0, count * CANDIDATES));
    this.probabilities.set(other.probabilities.subarray(0, count * CANDIDATES));
    this.actual.set(other.actual.subarray(0, count));
    this.candidates = other.candidates;
    this.count = count;
    const next = this.actualId(count - 1);
    if (other.last && count === other.count && next !== null)
      this.actual[count - 1] = likelihoods(other.last, next).written;
  }

  /** Of a source token; null: not computed yet. */
  at(position: number): TokenPrediction | null {
    if (position >= this.count) return null;
    const id = this.actualId(position);
    return {
      top: Array.from({ length: this.candidates }, (_, place) => ({
        id: this.ids[position * CANDIDATES + place]!,
        probability: this.probabilities[position * CANDIDATES + place]!,
      })),
      actual: id === null ? null : { id, probability: this.actual[position]! },
    };
  }

  private actualId(position: number): number | null {
    return this.source[this.task === 'nextToken' ? position + 1 : position] ?? null;
  }
}
