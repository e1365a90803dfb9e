import path from 'node:path';
import * as v from 'valibot';
import { inProcessEngine } from '../../src/engine/inProcess';
import { FASTEST, type EngineOptions } from '../../src/protocol/engineOptions';
import type { EnginePort } from '../../src/protocol/enginePort';
import {
  fromEngineSchema,
  type FromEngine,
  type ToEngine,
} from '../../src/protocol/engineMessages';
import { queries, type Answer, type Query, type QueryName } from '../../src/protocol/queries';
import { WASM_DIRECTORY } from './wasm';

type Of<T extends FromEngine['type']> = Extract<FromEngine, { readonly type: T }>;

export const BUILT_IN = path.resolve('media/models/translate-en');
export const ANIMAL = "The animal didn't cross the street because it was too tired.";

/** A real engine in this thread, every message validated, and promises for what it will say. */
export class EngineHarness {
  readonly log: FromEngine[] = [];
  private readonly port: EnginePort;
  private readonly waiting = new Set<() => void>();
  private nextRequest = 0;

  constructor(
    memoryBudgetBytes = 2 ** 30,
    backend: 'auto' | 'cpu' = 'auto',
    more: Partial<EngineOptions> = {},
  ) {
    this.port = inProcessEngine({
      ...{ ...FASTEST, kernels: 'stock', sharedMemory: false },
      ...{ wasmDirectory: WASM_DIRECTORY, backend, memoryBudgetBytes },
      ...more,
    });
    this.port.onMessage((message) => {
      this.log.push(v.parse(fromEngineSchema, message));
      for (const check of this.waiting) check();
    });
  }

  post(message: ToEngine): void {
    this.port.post(message);
  }

  run(trace: string, text = ANIMAL, more: Partial<Extract<ToEngine, { type: 'run' }>> = {}): void {
    this.post({
      type: 'run',
      trace,
      model: BUILT_IN,
      text,
      pair: null,
      language: 'fra',
      writing: null,
      trainedTokens: 64,
      preview: 'off',
      ...more,
    });
  }

  /** The first message, past or future, that fits. */
  until<T extends FromEngine['type']>(
    type: T,
    fits: (message: Of<T>) => boolean = () => true,
  ): Promise<Of<T>> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = this.log.find(
          (message): message is Of<T> => message.type === type && fits(message as Of<T>),
        );
        if (!found) return;
        this.waiting.delete(check);
        resolve(found);
      };
      this.waiting.add(check);
      check();
    });
  }

  finished(trace: string): Promise<Of<'finished'>> {
    return this.until('finished', (message) => message.trace === trace);
  }

  /** Asks, and tells under which number, so that a test may withdraw. */
  query(
    trace: string,
    query: Query,
  ): { readonly request: number; readonly reply: Promise<Of<'answer'> | Of<'refused'>> } {
    const request = this.nextRequest++;
    this.post({ type: 'query', request, trace, query });
    const reply = Promise.race([
      this.until('answer', (message) => message.request === request),
      this.until('refused', (message) => message.request === request),
    ]);
    return { request, reply };
  }

  /** Answer of a query, validated; a refusal rejects with its code. */
  async ask<N extends QueryName>(trace: string, query: Query & { name: N }): Promise<Answer<N>> {
    const reply = await this.query(trace, query).reply;
    if (reply.type === 'refused') throw new Error(reply.failure.code);
    return v.parse(queries[query.name].answer, reply.value) as Answer<N>;
  }

  async memory(): Promise<Of<'pong'>['memory']> {
    const request = this.nextRequest++;
    this.post({ type: 'ping', request });
    return (await this.until('pong', (message) => message.request === request)).memory;
  }

  close(): void {
    this.port.kill();
  }
}
