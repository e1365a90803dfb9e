/**
 * The newest question of a kind and what is known about it. A newer question supersedes an older
 * one, whose answer is then dropped; while an answer is on its way the last one stays on screen.
 */
import { Failure, type WireFailure } from '../../src/failure/failure';
import type { Answer, QueryName, Question } from '../../src/protocol/queries';

export type Ask<N extends QueryName> = (
  question: Question<N>,
  signal: AbortSignal,
  progress: (fraction: number) => void,
) => Promise<Answer<N>>;

export interface Known<N extends QueryName> {
  /** What is wanted now; null: nothing. */
  readonly question: Question<N> | null;
  /** The newest answer, to this question if `fresh`, else to an earlier one. */
  readonly answer: Answer<N> | null;
  readonly answered: Question<N> | null;
  readonly fresh: boolean;
  readonly failure: WireFailure | null;
  /** How much of a study is done; null: nothing is under way, or nothing is known of it. */
  readonly progress: number | null;
}

const nothing = {
  question: null,
  answer: null,
  answered: null,
  fresh: false,
  failure: null,
  progress: null,
};

export class Latest<N extends QueryName> {
  private state: Known<N> = nothing;
  private running: AbortController | null = null;
  private stale = false;

  constructor(
    private readonly ask: Ask<N>,
    private readonly changed: () => void,
  ) {}

  get known(): Known<N> {
    return this.state;
  }

  /** Asks, unless this very question is asked or answered already. */
  want(question: Question<N> | null): void {
    if (JSON.stringify(question) === JSON.stringify(this.state.question)) return;
    this.running?.abort();
    this.running = null;
    this.state =
      question === null
        ? nothing
        : { ...this.state, question, fresh: false, failure: null, progress: null };
    if (question !== null) void this.run(question);
  }

  /** The trace has grown: asks the same again, after the answer on its way if there is one. */
  refresh(): void {
    const { question } = this.state;
    if (question === null) return;
    if (this.running === null) void this.run(question);
    else this.stale = true;
  }

  /** The same question once more, after a failure or a cancellation. */
  retry(): void {
    const { question } = this.state;
    if (question === null || this.running !== null) return;
    this.state = { ...this.state, failure: null, progress: null };
    void this.run(question);
    this.changed();
  }

  /** Gives up what is under way; what is known stays. */
  cancel(): void {
    if (this.running === null) return;
    this.running.abort();
    this.running = null;
    const failure = new Failure('run.cancelled').toWire();
    this.state = { ...this.state, failure, progress: null };
    this.changed();
  }

  /** Forgets everything: another trace. */
  reset(): void {
    this.running?.abort();
    this.running = null;
    this.state = nothing;
  }

  private async run(question: Question<N>): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    this.stale = false;
    try {
      const answer = await this.ask(question, controller.signal, (progress) => {
        if (this.running !== controller) return;
        this.state = { ...this.state, progress };
        this.changed();
      });
      if (this.running !== controller) return;
      const known = { question, answer, answered: question };
      this.state = { ...known, fresh: true, failure: null, progress: null };
    } catch (error) {
      if (this.running !== controller) return;
      const failure = Failure.from(error).toWire();
      const unknown = { question, answer: null, answered: null };
      this.state = { ...unknown, fresh: false, failure, progress: null };
    }
    this.running = null;
    if (this.stale) void this.run(question);
    this.changed();
  }
}
