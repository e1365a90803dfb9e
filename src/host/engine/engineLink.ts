import * as v from 'valibot';
import { Failure, type WireFailure } from '../../failure/failure';
import type { EnginePort } from '../../protocol/enginePort';
import {
  fromEngineSchema,
  type FromEngine,
  type ToEngine,
  type TraceEvent,
} from '../../protocol/engineMessages';
import type { Disposable } from '../disposables';
import type { Clock } from './clock';
import { Watchdog } from './watchdog';

/** What an engine sends because somebody asked: once a request. */
export type Reply = Exclude<
  Extract<FromEngine, { readonly request: number }>,
  { readonly type: 'progress' }
>;
/** What it sends when its backend stands. */
export type Up = Extract<FromEngine, { readonly type: 'up' }>;

/** How an engine came to its end without being disposed of. */
export type EndOfEngine =
  | { readonly how: 'exit'; readonly reason: string }
  | { readonly how: 'silent'; readonly seconds: number }
  | { readonly how: 'nonsense'; readonly reason: string };

interface Waiting {
  /** How far it is, for requests that say so. */
  progress(fraction: number): void;
  resolve(reply: Reply): void;
  reject(failure: Failure): void;
}

/**
 * One living engine: validates every message it sends, brings answers to those who asked, and
 * notices its end, be it an exit, silence, or talk that the protocol does not know. A link ends once.
 */
export class EngineLink implements Disposable {
  private readonly waiting = new Map<number, Waiting>();
  private readonly running = new Set<string>();
  private readonly watchdog: Watchdog;
  private nextRequest = 0;
  private over = false;

  constructor(
    private readonly port: EnginePort,
    clock: Clock,
    silenceLimitMs: number,
    private readonly listener: {
      event(event: TraceEvent): void;
      up(up: Up): void;
      notice(notice: WireFailure): void;
      end(end: EndOfEngine): void;
    },
  ) {
    this.watchdog = new Watchdog(
      clock,
      silenceLimitMs,
      // Nobody waits for this answer: any word at all calms the watchdog.
      () => this.port.post({ type: 'ping', request: this.nextRequest++ } satisfies ToEngine),
      () => this.end({ how: 'silent', seconds: Math.round(silenceLimitMs / 1000) }),
    );
    this.watchdog.expect(); // `up`
    port.onMessage((message) => this.receive(message));
    port.onExit((reason) => this.end({ how: 'exit', reason }));
  }

  send(message: ToEngine): void {
    if (message.type === 'run' && !this.running.has(message.trace)) {
      this.running.add(message.trace);
      this.watchdog.expect();
    }
    // Nobody waits for a released run; if it hangs, whoever comes next will notice.
    if (message.type === 'release') this.settle(message.trace);
    this.port.post(message);
  }

  request(
    build: (request: number) => ToEngine,
    progress: (fraction: number) => void = () => undefined,
  ): Promise<Reply> {
    const request = this.nextRequest++;
    const reply = new Promise<Reply>((resolve, reject) =>
      this.waiting.set(request, { progress, resolve, reject }),
    );
    this.watchdog.expect();
    this.port.post(build(request));
    return reply;
  }

  /** Ends the engine on purpose; those who wait get `failure`. */
  dispose(failure: Failure = new Failure('run.cancelled')): void {
    if (this.over) return;
    this.over = true;
    this.watchdog.dispose();
    this.port.kill();
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
    this.running.clear();
  }

  /** Rejects everybody who waits; called by the owner, which knows the words. */
  abandon(failure: Failure): void {
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }

  private receive(message: unknown): void {
    if (this.over) return;
    const parsed = v.safeParse(fromEngineSchema, message);
    if (!parsed.success) {
      this.end({ how: 'nonsense', reason: parsed.issues[0].message });
      return;
    }
    this.watchdog.heard();
    this.deliver(parsed.output);
  }

  private deliver(message: FromEngine): void {
    if (message.type === 'up') {
      this.watchdog.settle();
      this.listener.up(message);
    } else if (message.type === 'notice') {
      this.listener.notice(message.notice);
    } else if (message.type === 'progress') {
      this.waiting.get(message.request)?.progress(message.fraction);
    } else if ('request' in message) {
      const waiting = this.waiting.get(message.request);
      if (waiting === undefined) return; // the watchdog's own ping
      this.waiting.delete(message.request);
      this.watchdog.settle();
      waiting.resolve(message);
    } else {
      if (message.type === 'finished') this.settle(message.trace);
      this.listener.event(message);
    }
  }

  private settle(trace: string): void {
    if (this.running.delete(trace)) this.watchdog.settle();
  }

  private end(end: EndOfEngine): void {
    if (this.over) return;
    this.over = true;
    this.watchdog.dispose();
    // Silent or confused, it may still hold memory and processor.
    if (end.how !== 'exit') this.port.kill();
    this.listener.end(end);
  }
}
