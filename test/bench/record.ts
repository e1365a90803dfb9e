import type { Machine } from './machine';
import type { Turns } from './statistics';

/** What one engine took for one thing. */
export interface Times {
  readonly engine: string;
  readonly turns: Turns;
  /** Milliseconds until the first layer’s attention could be shown, as `turns`. */
  readonly firstLayer: Turns;
  /** Most resident memory of its process up to then, in bytes. */
  readonly peakBytes: number;
}

/** All engines at one thing, in turns. */
export interface Contest {
  readonly shape: string;
  readonly kind: 'load' | 'forward' | 'step';
  /** Tokens of the text, or in the cache; 0 for loading. */
  readonly length: number;
  readonly times: readonly Times[];
}

/** How far an engine’s attention is from stock TensorFlow.js’s, in probability. */
export interface Difference {
  readonly shape: string;
  readonly length: number;
  readonly engine: string;
  readonly largest: number;
}

/** An engine that took part, or why not. */
export interface Participant {
  readonly id: string;
  readonly title: string;
  readonly threads: number;
  /** What computes, in its own words. */
  readonly about: string;
  readonly absent: string | null;
}

/** Billions of operations a second, by the number of threads. */
export interface Ceiling {
  readonly what: string;
  readonly threads: number;
  readonly gops: number;
}

/** Any other figure. */
export interface Figure {
  readonly what: string;
  readonly value: number | null;
  readonly unit: string;
  /** How it was measured, or why it was not. */
  readonly how: string;
}

/** Everything a run of the bench found out; the JSON file is this. */
export interface BenchRecord {
  readonly machine: Machine;
  readonly participants: readonly Participant[];
  readonly ceilings: readonly Ceiling[];
  readonly contests: readonly Contest[];
  readonly differences: readonly Difference[];
  readonly figures: readonly Figure[];
}
