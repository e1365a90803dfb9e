import type { LogitsRule } from './logitsRules';
import { logSoftmax } from './logSoftmax';
import { likeliestTokens, topIndices } from './topIndices';

/** Stands for minus infinity in sums, as in Hugging Face: large, but sums and quotients stay finite. */
const NEVER = -1e9;

/** A sequence under way or ended. */
interface Hypothesis {
  readonly tokens: readonly number[];
  readonly score: number;
  /** The running beam it grew from. */
  readonly origin: number;
  readonly ended: boolean;
}

/**
 * The beams of one row of a batch. Scores are float32, as the sums of the original are: rounding
 * decides between near-equal beams.
 */
export class BeamRow {
  private readonly promptLength: number;
  /** Sum of log-probabilities each; best first. */
  private running: readonly Hypothesis[];
  /** Mean log-probability each; best first. Filled with placeholders until beams end. */
  private finished: readonly Hypothesis[];
  private canImprove = true;

  constructor(
    prompt: readonly number[],
    private readonly beams: number,
    private readonly endTokens: readonly number[],
  ) {
    this.promptLength = prompt.length;
    const start = { tokens: prompt, origin: 0, ended: false };
    const places = Array.from({ length: beams }, (_, beam) => beam);
    // All beams hold the same prompt: only the first may speak, or all would choose alike.
    this.running = places.map((beam) => ({ ...start, score: beam === 0 ? 0 : NEVER }));
    this.finished = places.map(() => ({ ...start, score: NEVER }));
  }

  /** Whether a running beam could still beat the worst finished one. */
  get improvable(): boolean {
    return this.canImprove;
  }

  /** The running beam of the step before that each running beam grew from. */
  get origins(): readonly number[] {
    return this.running.map(({ origin }) => origin);
  }

  get lastTokens(): readonly number[] {
    return this.running.map(({ tokens }) => tokens.at(-1)!);
  }

  get best(): Hypothesis {
    return this.finished[0]!;
  }

  /**
   * Grows every beam by a token.
   * @param logits `[beam, vocabulary]`
   * @returns whether no candidate can go on.
   * @throws Failure `model.notNumbers`, `generation.noChoice`
   */
  advance(logits: Float32Array, rules: readonly LogitsRule[], lastStep: boolean): boolean {
    const candidates = this.candidates(logits, rules, lastStep);
    this.running = best(
      candidates.map((one) => (one.ended ? { ...one, score: sum(one.score, NEVER) } : one)),
      this.beams,
    );
    this.finished = best([...this.finished, ...this.newlyFinished(candidates)], this.beams);
    this.canImprove &&= this.mayBeatFinished();
    return candidates.every(({ ended }) => ended);
  }

  /** The best continuations of all beams: enough that as many as there are beams go on, whatever ends. */
  private candidates(
    logits: Float32Array,
    rules: readonly LogitsRule[],
    lastStep: boolean,
  ): Hypothesis[] {
    const vocabulary = logits.length / this.beams;
    const totals = new Float32Array(logits.length); // [beam, vocabulary]
    for (const [beam, { tokens, score }] of this.running.entries()) {
      const scores = logSoftmax(logits.subarray(beam * vocabulary, (beam + 1) * vocabulary));
      for (const rule of rules) rule(tokens, scores);
      for (let i = 0; i < vocabulary; i++) totals[beam * vocabulary + i] = scores[i]! + score;
    }
    const count = Math.max(2, 1 + this.endTokens.length) * this.beams;
    const position = this.running[0]!.tokens.length - this.promptLength;
    return likeliestTokens(totals, count, position).map((index) => {
      const origin = Math.floor(index / vocabulary);
      const token = index % vocabulary;
      const tokens = [...this.running[origin]!.tokens, token];
      return {
        tokens,
        score: totals[index]!,
        origin,
        ended: lastStep || this.endTokens.includes(token),
      };
    });
  }

  /** Candidates as finished hypotheses. Only the top ones may finish: the rest are there to go on. */
  private newlyFinished(candidates: readonly Hypothesis[]): Hypothesis[] {
    return candidates.map((candidate, place) => {
      const ended = candidate.ended && place < this.beams;
      let score = Math.fround(candidate.score / (candidate.tokens.length - this.promptLength));
      if (!this.canImprove) score = sum(score, NEVER);
      if (!ended) score = sum(score, NEVER);
      return { ...candidate, score, ended };
    });
  }

  private mayBeatFinished(): boolean {
    const { tokens, score } = this.running[0]!;
    const possible = Math.fround(score / (tokens.length - this.promptLength));
    const worst = Math.min(...this.finished.map((one) => one.score));
    return this.finished.some(({ ended }) => possible > (ended ? worst : NEVER));
  }
}

const sum = (a: number, b: number): number => Math.fround(a + b);

function best(hypotheses: readonly Hypothesis[], count: number): Hypothesis[] {
  const scores = Float32Array.from(hypotheses, ({ score }) => score);
  return topIndices(scores, count).map((index) => hypotheses[index]!);
}
