import * as v from 'valibot';
import { Failure, type WireFailure } from '../../failure/failure';
import type { Translate } from '../../language/translate';
import type {
  EngineMemory,
  Run,
  SelfTestReport,
  ToEngine,
  TraceEvent,
} from '../../protocol/engineMessages';
import type { EnginePort } from '../../protocol/enginePort';
import { queries, type Answer, type Query } from '../../protocol/queries';
import type { ModelSummary, TraceId } from '../../protocol/trace';
import type { Search } from '../../protocol/writing';
import type { Disposable } from '../disposables';
import { Signal } from '../signal';
import type { Clock } from './clock';
import { EngineLink, type EndOfEngine, type Reply, type Up } from './engineLink';
import { unlessWithdrawn } from './unlessWithdrawn';
import type { EngineKind, EnginePlace } from './enginePlace';

/** Restarts without being asked. One: what crashes twice will crash again, and the reader can decide. */
const AUTOMATIC_RESTARTS = 1;

/** The engine is gone. `again`: run anew what mattered; else tell the reader `failure`. */
export interface EngineGone {
  readonly failure: WireFailure;
  readonly again: boolean;
}

/** How what takes its time is followed: the loading of a model, a study. */
export interface Following {
  /** Told the fraction that is done. */
  progress?(fraction: number): void;
  readonly signal?: AbortSignal;
}

/** A model that may be let write. */
export interface Writer {
  readonly summary: ModelSummary;
  readonly search: Search | null;
}

/** What is to be written from, by which model, and how. */
export type WritingTask = Omit<Extract<ToEngine, { type: 'write' }>, 'type' | 'request'>;
/** What was. */
export type Written = Omit<Extract<Reply, { type: 'wrote' }>, 'type' | 'request'>;

/** What the client needs from its surroundings. */
export interface EngineSurroundings {
  open(kind: EngineKind): EnginePort;
  /** Where the reader wants the engine; asked at every start. */
  place(): EnginePlace;
  readonly clock: Clock;
  /** How long an engine that owes something may say nothing; asked at every start. */
  silenceLimitMs(): number;
  readonly t: Translate;
}

/**
 * The engine as the host sees it: started at first use, watched, replaced after a crash. It does
 * not know what is worth running again; who does listens to `gone`.
 */
export class EngineClient implements Disposable {
  readonly events = new Signal<TraceEvent>();
  readonly ups = new Signal<Up>();
  /** What it says of itself while it lives. */
  readonly notices = new Signal<WireFailure>();
  readonly gone = new Signal<EngineGone>();
  private link: EngineLink | null = null;
  private linkKind: EngineKind = 'thread';
  private crashedBefore = false;
  private restartsLeft = AUTOMATIC_RESTARTS;

  constructor(private readonly surroundings: EngineSurroundings) {}

  /** Where the engine runs now; null: it does not. */
  get kind(): EngineKind | null {
    return this.link === null ? null : this.linkKind;
  }

  /** The reader asked for something new: what went wrong before no longer counts against it. */
  forgive(): void {
    this.restartsLeft = AUTOMATIC_RESTARTS;
  }

  run(run: Run): void {
    this.started().send(run);
  }

  /** Tells a living engine something; without one nobody needs to know. */
  tell(
    message: Extract<ToEngine, { type: 'cancel' | 'credit' | 'repaint' | 'release' | 'typing' }>,
  ): void {
    this.link?.send(message);
  }

  /** @throws Failure `run.cancelled`, or why there is no answer */
  async ask<Q extends Query>(
    trace: TraceId,
    query: Q,
    following: Following = {},
  ): Promise<Answer<Q['name']>> {
    const { link } = this;
    if (link === null) throw new Failure('trace.gone');
    const reply = await this.followed(
      link,
      (request) => ({ type: 'query', request, trace, query }),
      following,
    );
    if (reply.type !== 'answer') throw misfit(reply);
    const parsed = v.safeParse(queries[query.name].answer, reply.value);
    if (!parsed.success)
      throw new Failure('internal.unexpected', { reason: parsed.issues[0].message });
    return parsed.output;
  }

  /**
   * Has a model loaded, after all that was asked before. Who no longer wants it is told so at once;
   * the engine stops when it comes to read its messages.
   * @throws Failure `run.cancelled`, or why the model cannot be loaded
   */
  async describe(model: string, following: Following = {}): Promise<ModelSummary> {
    return (await this.load(model, following)).model;
  }

  /** The same with the search that the model's files ask for; null: none that can be done. */
  async describeWriter(model: string, following: Following = {}): Promise<Writer> {
    const { model: summary, search = null } = await this.load(model, following);
    return { summary, search };
  }

  /**
   * Has a model write from a text, after all that was asked before. Who no longer wants it is told so
   * at once.
   * @throws Failure `run.cancelled`, or why nothing was written
   */
  async write(task: WritingTask, signal?: AbortSignal): Promise<Written> {
    if (signal?.aborted === true) throw new Failure('run.cancelled');
    const reply = await this.followed(
      this.started(),
      (request) => ({ type: 'write', request, ...task }),
      signal === undefined ? {} : { signal },
    );
    if (reply.type !== 'wrote') throw misfit(reply);
    const { output, tokens, logProbability, ended } = reply;
    return { output, tokens, logProbability, ended };
  }

  async selfTest(model: string): Promise<SelfTestReport> {
    const reply = await this.started().request((request) => ({ type: 'selfTest', request, model }));
    if (reply.type !== 'selfTest') throw misfit(reply);
    return reply.report;
  }

  /** Counts of a living engine; null without one. */
  async memory(): Promise<EngineMemory | null> {
    if (this.link === null) return null;
    const reply = await this.link.request((request) => ({ type: 'ping', request }));
    if (reply.type !== 'pong') throw misfit(reply);
    return reply.memory;
  }

  dispose(): void {
    this.link?.dispose();
    this.link = null;
  }

  private async load(
    model: string,
    following: Following,
  ): Promise<Extract<Reply, { type: 'model' }>> {
    if (following.signal?.aborted === true) throw new Failure('run.cancelled');
    const reply = await this.followed(
      this.started(),
      (request) => ({ type: 'describe', request, model }),
      following,
    );
    if (reply.type !== 'model') throw misfit(reply);
    return reply;
  }

  /** The reply to a request that its asker may give up. */
  private followed(
    link: EngineLink,
    build: (request: number) => ToEngine,
    { progress, signal }: Following,
  ): Promise<Reply> {
    let number = 0;
    const asked = link.request((request) => {
      number = request;
      return build(request);
    }, progress);
    return unlessWithdrawn(asked, signal, () => link.send({ type: 'withdraw', request: number }));
  }

  private started(): EngineLink {
    if (this.link !== null) return this.link;
    const { open, place, clock, silenceLimitMs } = this.surroundings;
    const wanted = place();
    // A thread that broke may have shaken the whole host; the next one gets its own process.
    this.linkKind = wanted === 'auto' ? (this.crashedBefore ? 'child' : 'thread') : wanted;
    const link = new EngineLink(open(this.linkKind), clock, silenceLimitMs(), {
      event: (event) => this.events.emit(event),
      up: (up) => this.ups.emit(up),
      notice: (notice) => this.notices.emit(notice),
      end: (end) => this.ended(link, end),
    });
    this.link = link;
    return link;
  }

  private ended(link: EngineLink, end: EndOfEngine): void {
    this.link = null;
    this.crashedBefore = true;
    const again = this.restartsLeft > 0;
    this.restartsLeft = Math.max(0, this.restartsLeft - 1);
    const failure = again
      ? new Failure('engine.crashed', { reason: this.reason(end) })
      : end.how === 'silent'
        ? new Failure('engine.silent', { seconds: end.seconds })
        : new Failure('engine.gaveUp', { reason: this.reason(end) });
    link.abandon(failure);
    this.gone.emit({ failure: failure.toWire(), again });
  }

  private reason(end: EndOfEngine): string {
    const { t } = this.surroundings;
    switch (end.how) {
      case 'exit':
        return end.reason;
      case 'silent':
        return t('no answer for {seconds} seconds', { seconds: end.seconds });
      case 'nonsense':
        return t('it sent what the protocol does not know: {reason}', { reason: end.reason });
    }
  }
}

/** An answer that is a refusal, or of the wrong kind. */
function misfit(reply: Reply): Failure {
  return reply.type === 'refused'
    ? new Failure(reply.failure.code, reply.failure.args)
    : new Failure('internal.unexpected', { reason: `unexpected reply “${reply.type}”` });
}
