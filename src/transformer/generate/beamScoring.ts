import { finiteFloat32, positiveFloat32 } from './float32Range';

/** How beams are compared; what is not said is as Hugging Face transformers has it by default. */
export interface BeamSettings {
  /** Sequences followed at once, at least 1. */
  readonly beams: number;
  /** Above 0 long sequences gain by it, below 0 short ones do; 1 by default: the mean log-probability. */
  readonly lengthPenalty?: number;
  /**
   * When to stop before all sequences are cut off. `true`: there are as many finished ones as beams.
   * `false` (default): the best one under way would, ended now, not be better than the worst finished
   * one. `'never'`: it cannot become better, however far it goes.
   */
  readonly earlyStopping?: EarlyStopping;
}

export type EarlyStopping = boolean | 'never';

/** The arithmetic of one search. */
export interface BeamScoring {
  readonly stopsWhenFull: boolean;
  /** Score of a sequence of so many new tokens whose log-probabilities have this sum. */
  score(total: number, newTokens: number): number;
  /** The same, for a sequence under way, of what it may come to at best. */
  hope(total: number, newTokens: number): number;
}

/** @param maxNewTokens where sequences are cut off */
export function beamScoring(
  { lengthPenalty = 1, earlyStopping = false }: BeamSettings,
  maxNewTokens: number,
): BeamScoring {
  // In float32, as the original divides.
  const score = (total: number, newTokens: number): number =>
    finiteFloat32(total / positiveFloat32(newTokens ** lengthPenalty));
  // A sum only falls; what it is divided by grows with the length if the penalty is above 0.
  const longest = earlyStopping === 'never' && lengthPenalty > 0;
  return {
    stopsWhenFull: earlyStopping === true,
    score,
    hope: (total, newTokens) => score(total, longest ? maxNewTokens : newTokens),
  };
}
