import type { BeamScoring } from './beamScoring';
import type { LogitsRule } from './logitsRules';
import { logSoftmax } from './logSoftmax';
import { likeliestTokens, topIndices } from './topIndices';

/** Stands for minus infinity in sums, as in Hugging Face: large, but sums and quotients stay finite. */
const NEVER = -1e9;

/** What a step of a search did. */
export interface BeamRowStep {
  /** What goes on, best first; where the search ends with this step, what is given up. */
  readonly running: readonly BeamGrowth[];
  /** What ended or was cut off in this step and is among the best that did, best first. */
  readonly finished: readonly BeamGrowth[];
}

/** A sequence grown by a token. */
export interface BeamGrowth {
  readonly token: number;
  /** The sequence it grew from: its place among `running` of the step before; 0 in the first step. */
  readonly origin: number;
  /** Sum of its tokens' log-probabilities. */
  readonly total: number;
  /** `total` ÷ length ^ length penalty. */
  readonly score: number;
}

/** What a search found. */
export interface BeamHypothesis {
  /** With the prompt. */
  readonly tokens: readonly number[];
  readonly score: number;
}

/** A sequence under way or ended. */
interface Beam {
  readonly tokens: readonly number[];
  /** Sum of log-probabilities. */
  readonly total: number;
  /** The running beam it grew from. */
  readonly origin: number;
  readonly ended: boolean;
}

interface Finished extends Beam, BeamHypothesis {
  /** Whether it was found in time; what is not has a score that stands for minus infinity. */
  readonly counts: boolean;
}

/**
 * The beams of one row of a batch. Scores are float32, as the sums of the original are: rounding
 * decides between near-equal beams.
 */
export class BeamRow {
  private readonly promptLength: number;
  /** Best first. */
  private running: readonly Beam[];
  /** Best first. Filled with placeholders until beams end. */
  private finished: readonly Finished[];
  private canImprove = true;
  /** The likeliest sequence of the last step. */
  private likeliest: Beam;
  private step: BeamRowStep = { running: [], finished: [] };

  constructor(
    prompt: readonly number[],
    private readonly beams: number,
    private readonly endTokens: readonly number[],
    private readonly scoring: BeamScoring,
  ) {
    this.promptLength = prompt.length;
    const start = { tokens: prompt, origin: 0, ended: false };
    const places = Array.from({ length: beams }, (_, beam) => beam);
    // All beams hold the same prompt: only the first may speak, or all would choose alike.
    this.running = places.map((beam) => ({ ...start, total: beam === 0 ? 0 : NEVER }));
    const none = { ...start, total: NEVER, score: NEVER, counts: false };
    this.finished = places.map(() => none);
    this.likeliest = this.running[0]!;
  }

  /** Whether a running beam could still beat the worst finished one. */
  get improvable(): boolean {
    return this.canImprove;
  }

  /** Whether as many beams have ended as there may be, where that is enough. */
  get full(): boolean {
    return this.scoring.stopsWhenFull && this.finished.every(({ ended }) => ended);
  }

  /** The running beam of the step before that each running beam grew from. */
  get origins(): readonly number[] {
    return this.running.map(({ origin }) => origin);
  }

  get lastTokens(): readonly number[] {
    return this.running.map(({ tokens }) => tokens.at(-1)!);
  }

  get lastStep(): BeamRowStep {
    return this.step;
  }

  get best(): BeamHypothesis {
    return this.finished[0]!;
  }

  /**
   * What ended and counts, best first. A length penalty far below 0 may bring all scores below what
   * stands for minus infinity: then it is the likeliest of the last step, where `best` is a placeholder.
   */
  get hypotheses(): readonly BeamHypothesis[] {
    const found = this.finished.filter(({ counts }) => counts);
    const { tokens } = this.likeliest;
    if (found.length === 0) return [{ tokens, score: this.scoreOf(this.likeliest) }];
    return found.map(({ tokens, score }) => ({ tokens, score }));
  }

  /**
   * Grows every beam by a token.
   * @param logits `[beam, vocabulary]`
   * @returns whether no candidate can go on.
   * @throws Failure `model.notNumbers`, `generation.noChoice`
   */
  advance(logits: Float32Array, rules: readonly LogitsRule[], lastStep: boolean): boolean {
    const candidates = this.candidates(logits, rules, lastStep);
    const ended = this.newlyFinished(candidates);
    this.likeliest = candidates[0]!;
    this.running = best(
      candidates.map((one) => (one.ended ? { ...one, total: sum(one.total, NEVER) } : one)),
      this.beams,
      ({ total }) => total,
    );
    this.finished = best([...this.finished, ...ended], this.beams, ({ score }) => score);
    this.canImprove &&= this.mayBeatFinished();
    this.step = {
      running: this.running
        .filter(({ total }) => isReal(total))
        .map((one) => growth(one, this.scoreOf(one))),
      finished: this.finished
        .filter((one) => one.counts && ended.includes(one))
        .map((one) => growth(one, one.score)),
    };
    return candidates.every((one) => one.ended);
  }

  /** The best continuations of all beams: enough that as many as there are beams go on, whatever ends. */
  private candidates(
    logits: Float32Array,
    rules: readonly LogitsRule[],
    lastStep: boolean,
  ): Beam[] {
    const vocabulary = logits.length / this.beams;
    const totals = new Float32Array(logits.length); // [beam, vocabulary]
    for (const [beam, { tokens, total }] of this.running.entries()) {
      const scores = logSoftmax(logits.subarray(beam * vocabulary, (beam + 1) * vocabulary));
      for (const rule of rules) rule(tokens, scores);
      for (let i = 0; i < vocabulary; i++) totals[beam * vocabulary + i] = scores[i]! + total;
    }
    const count = Math.max(2, 1 + this.endTokens.length) * this.beams;
    const position = this.running[0]!.tokens.length - this.promptLength;
    return likeliestTokens(totals, count, position).map((index) => {
      const origin = Math.floor(index / vocabulary);
      const token = index % vocabulary;
      const tokens = [...this.running[origin]!.tokens, token];
      return {
        tokens,
        total: totals[index]!,
        origin,
        ended: lastStep || this.endTokens.includes(token),
      };
    });
  }

  /** Candidates as finished hypotheses. Only the top ones may finish: the rest are there to go on. */
  private newlyFinished(candidates: readonly Beam[]): Finished[] {
    const { full } = this;
    return candidates.map((candidate, place) => {
      const ended = candidate.ended && place < this.beams;
      let score = this.scoreOf(candidate);
      if (full) score = sum(score, NEVER);
      if (!this.canImprove) score = sum(score, NEVER);
      if (!ended) score = sum(score, NEVER);
      return {
        ...candidate,
        score,
        ended,
        counts: ended && isReal(candidate.total) && !full && this.canImprove,
      };
    });
  }

  private mayBeatFinished(): boolean {
    const { tokens, total } = this.running[0]!;
    const hope = this.scoring.hope(total, tokens.length - this.promptLength);
    const worst = Math.min(...this.finished.map(({ score }) => score));
    return this.finished.some(({ ended }) => hope > (ended ? worst : NEVER));
  }

  private scoreOf({ tokens, total }: Beam): number {
    return this.scoring.score(total, tokens.length - this.promptLength);
  }
}

const sum = (a: number, b: number): number => Math.fround(a + b);

/** Whether a sum is one, not what stands for minus infinity: sums of log-probabilities never come near it. */
const isReal = (total: number): boolean => total > NEVER / 2;

const growth = ({ tokens, origin, total }: Beam, score: number): BeamGrowth => ({
  token: tokens.at(-1)!,
  origin,
  total,
  score,
});

function best<T extends Beam>(beams: readonly T[], count: number, by: (beam: T) => number): T[] {
  return topIndices(Float32Array.from(beams, by), count).map((index) => beams[index]!);
}
