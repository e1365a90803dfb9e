/**
 * The page's only link to the host: typed messages out, validated messages in, and questions that
 * are answered or refused.
 */
import * as v from 'valibot';
import { Failure } from '../../src/failure/failure';
import { toPanelSchema, type FromPanel, type ToPanel } from '../../src/protocol/panelMessages';
import {
  queries,
  type Answer,
  type Query,
  type QueryName,
  type Question,
} from '../../src/protocol/queries';
import { studies } from '../../src/protocol/studies/registry';
import type { TraceId } from '../../src/protocol/trace';

/** What VS Code gives a webview. */
export interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): unknown;
}

/** Told the fraction of a study that is done. */
export type Progress = (fraction: number) => void;

interface Waiting {
  readonly name: QueryName;
  readonly progress: Progress;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Failure) => void;
}

export class HostLink {
  private next = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(
    private readonly api: WebviewApi,
    private readonly receive: (message: ToPanel) => void,
  ) {}

  start(source: Window): void {
    source.addEventListener('message', (event: MessageEvent<unknown>) => this.take(event.data));
    this.post({ type: 'ready' });
  }

  post(message: FromPanel): void {
    this.api.postMessage(message);
  }

  /** Asks about a trace. After `signal` aborts, a study is given up, and an answer dropped unread. */
  ask<N extends QueryName>(
    trace: TraceId,
    name: N,
    question: Question<N>,
    signal: AbortSignal,
    progress: Progress = () => undefined,
  ): Promise<Answer<N>> {
    const request = this.next++;
    return new Promise<Answer<N>>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        if (!this.waiting.delete(request)) return;
        if (Object.hasOwn(studies, name)) this.post({ type: 'withdraw', request });
        reject(new Failure('run.cancelled'));
      });
      this.waiting.set(request, {
        name,
        progress,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.post({ type: 'query', request, trace, query: { name, question } as Query });
    });
  }

  private take(data: unknown): void {
    const parsed = v.safeParse(toPanelSchema, data);
    if (!parsed.success) {
      console.error('A message from the host was not understood.', v.flatten(parsed.issues));
      return;
    }
    const message = parsed.output;
    if (message.type === 'answer') this.settle(message.request, message.value);
    else if (message.type === 'progress')
      this.waiting.get(message.request)?.progress(message.fraction);
    else if (message.type === 'refused') {
      this.release(message.request)?.reject(
        new Failure(message.failure.code, message.failure.args),
      );
    } else this.receive(message);
  }

  private settle(request: number, value: unknown): void {
    const waiting = this.release(request);
    if (waiting === undefined) return;
    const parsed = v.safeParse(queries[waiting.name].answer, value);
    if (parsed.success) waiting.resolve(parsed.output);
    else waiting.reject(new Failure('internal.unexpected', { reason: parsed.issues[0].message }));
  }

  private release(request: number): Waiting | undefined {
    const waiting = this.waiting.get(request);
    this.waiting.delete(request);
    return waiting;
  }
}
