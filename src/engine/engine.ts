import * as tf from '@tensorflow/tfjs-core';
import * as v from 'valibot';
import { throwIfCancelled, type Cancellation } from '../failure/cancellation';
import { Failure } from '../failure/failure';
import {
  toEngineSchema,
  type EngineMemory,
  type Run,
  type ToEngine,
} from '../protocol/engineMessages';
import type { EngineOptions } from '../protocol/engineOptions';
import { isStudy } from '../protocol/queries';
import type { TraceId } from '../protocol/trace';
import { answer, overview } from './answer';
import { startBackend, type Backend } from './backend';
import { InterruptibleQueue } from './interruptibleQueue';
import { searchFor } from './generationSettings';
import { ModelCache } from './modelCache';
import type { Emit } from './outbox';
import { PictureQueue } from './pictureQueue';
import { PrefixMemory } from './prefixMemory';
import { runEvents } from './runEvents';
import { runTrace } from './runTrace';
import { selfTest } from './selfTest';
import { askStudy } from './studies/askStudy';
import { TraceStore } from './traceStore';
import { wholePercents } from './wholePercents';
import { writeText } from './writing/writeText';

/** A run that was asked for and has not finished. */
interface Running {
  readonly trace: TraceId;
  readonly controller: AbortController;
  /** Here before the trace is: a viewer may give credit while the model is still being read. */
  readonly pictures: PictureQueue;
}

/**
 * The engine: takes messages, owns models and traces, computes. It is the same in a worker thread, a
 * child process and in this thread; only its port differs. Between two layers it reads its messages.
 */
export class Engine {
  private readonly models: ModelCache;
  private readonly traces: TraceStore;
  private readonly prefix = new PrefixMemory();
  private running: Running | undefined;
  /** What was released makes room for a run that has not arrived. */
  private awaitsRun = false;
  /** Models asked for and not yet described. */
  private readonly describing = new Map<number, AbortController>();
  /** Studies, and texts to be written for nobody's eyes. */
  private readonly studies: InterruptibleQueue;
  /** Settles when everything asked for so far is done: work on models goes one after another. */
  private lastTask: Promise<void> = Promise.resolve();

  private constructor(
    private readonly backend: Backend,
    options: EngineOptions,
    private readonly emit: Emit,
  ) {
    this.traces = new TraceStore(options.memoryBudgetBytes, this.prefix, ({ id }) => {
      emit({ type: 'evicted', trace: id });
    });
    this.studies = new InterruptibleQueue({
      enqueue: (request, task) => this.enqueue(request, task),
      // What was computed again for it counts as well.
      answered: () => this.traces.makeRoom(0),
    });
    this.models = new ModelCache(
      (model) => this.traces.uses((trace) => trace.model === model),
      (model) => this.prefix.forget(model),
    );
  }

  /** Starts tfjs and says `up`. @throws Failure `engine.backend` */
  static async start(options: EngineOptions, emit: Emit): Promise<Engine> {
    const backend = await startBackend(options);
    const engine = new Engine(backend, options, emit);
    emit({ type: 'up', backend: backend.name, notice: backend.notice });
    backend.wasm?.onNotice((notice) => emit({ type: 'notice', notice }));
    return engine;
  }

  /** Takes one message, whoever sent it. What the protocol does not know is an error of the sender. */
  receive(message: unknown): void {
    const parsed = v.safeParse(toEngineSchema, message);
    if (!parsed.success)
      throw new Failure('internal.unexpected', { reason: parsed.issues[0].message });
    this.handle(parsed.output);
  }

  /** Frees models and traces. A thread or process that ends need not. */
  dispose(): void {
    this.running?.controller.abort();
    this.studies.withdrawAll();
    void this.lastTask.then(() => {
      this.traces.clear();
      this.models.trim();
      this.prefix.drop();
    });
  }

  private handle(message: ToEngine): void {
    switch (message.type) {
      case 'run':
        this.start(message);
        break;
      case 'cancel':
        this.cancel(message.trace);
        break;
      case 'release':
        this.cancel(message.trace);
        this.traces.remove(message.trace);
        this.studies.interrupt(message.trace);
        this.awaitsRun ||= message.again === true;
        if (!this.expectsRun && !this.traces.uses(({ model }) => this.prefix.isOf(model)))
          this.prefix.drop();
        break;
      case 'credit':
        this.picturesOf(message.trace)?.grant(message.pictures);
        this.sendPictures(message.trace);
        break;
      case 'repaint':
        this.picturesOf(message.trace)?.restart();
        break;
      case 'query':
        this.answer(message);
        break;
      case 'describe':
        this.describe(message);
        break;
      case 'withdraw':
        this.describing.get(message.request)?.abort();
        this.studies.withdraw(message.request);
        break;
      case 'write':
        this.studies.ask(message.request, null, (signal) => this.write(message, signal));
        break;
      case 'selfTest':
        this.enqueue(message.request, async () => {
          const report = await selfTest(message.model, this.models, this.backend);
          this.emit({ type: 'selfTest', request: message.request, report });
        });
        break;
      case 'typing':
        this.backend.wasm?.typing.heard();
        break;
      case 'ping':
        this.emit({ type: 'pong', request: message.request, memory: this.memory() });
        break;
    }
  }

  /** A newer run cancels the one before it, and begins when that has cleaned up. */
  private start(run: Run): void {
    this.running?.controller.abort();
    this.studies.interrupt();
    const running = {
      trace: run.trace,
      controller: new AbortController(),
      pictures: new PictureQueue(),
    };
    this.running = running;
    this.awaitsRun = false;
    this.lastTask = this.lastTask.then(() => this.execute(run, running));
  }

  private cancel(trace: TraceId): void {
    if (this.running?.trace === trace) this.running.controller.abort();
  }

  /** Loads a model, which the one who asked may give up. */
  private describe({ request, model }: Extract<ToEngine, { type: 'describe' }>): void {
    const controller = new AbortController();
    this.describing.set(request, controller);
    this.enqueue(request, async () => {
      try {
        const { signal } = controller;
        throwIfCancelled(signal);
        const say = (fraction: number): void => this.emit({ type: 'progress', request, fraction });
        const loaded = await this.models.get(model, signal, wholePercents(say));
        const search = searchFor(loaded);
        this.emit({ type: 'model', request, model: loaded.summary, ...(search && { search }) });
      } finally {
        this.describing.delete(request);
      }
    });
  }

  /** Lets a model write from a text that is no trace. */
  private async write(
    { request, model, ...asked }: Extract<ToEngine, { type: 'write' }>,
    signal: Cancellation,
  ): Promise<void> {
    const loaded = await this.models.get(model, signal, () => undefined);
    const wrote = await writeText(loaded, asked, { signal, afterLayer: breathe });
    this.emit({ type: 'wrote', request, ...wrote });
  }

  /** Runs and says how it went; never rejects. */
  private async execute(run: Run, { controller, pictures }: Running): Promise<void> {
    const { signal } = controller;
    const begin = performance.now();
    const finish = (
      outcome: 'complete' | 'cancelled' | 'failed',
      failure: Failure | null,
    ): void => {
      const found = this.traces.find(run.trace);
      this.emit({
        type: 'finished',
        trace: run.trace,
        outcome,
        failure: failure?.toWire() ?? null,
        output: found?.output ?? '',
        milliseconds: performance.now() - begin,
        memory: this.memory(),
      });
    };
    try {
      const say = (fraction: number): void =>
        this.emit({ type: 'loading', trace: run.trace, fraction });
      this.prefix.limitTo(run.model);
      const model = await this.models.get(run.model, signal, wholePercents(say));
      if (run.preview === 'off') model.forgetQuantised();
      const { budgetBytes } = this.traces;
      const { prefix } = this;
      const setting = { model, backend: this.backend.name, budgetBytes, signal, prefix, pictures };
      const { emit, traces } = this;
      const sendPictures = (): void => this.sendPictures(run.trace);
      const listener = runEvents({ emit, traces, sendPictures, breathe });
      const notice = await runTrace(run, setting, listener);
      this.traces.makeRoom(0); // what was kept for the next text counts as well
      finish('complete', notice);
    } catch (thrown) {
      const failure = Failure.from(thrown);
      finish(failure.code === 'run.cancelled' ? 'cancelled' : 'failed', failure);
    } finally {
      this.sendPictures(run.trace);
      if (this.running?.controller === controller) this.running = undefined;
      // The next run may be of the same model.
      if (!this.expectsRun) this.models.trim();
    }
  }

  private get expectsRun(): boolean {
    return this.running !== undefined || this.awaitsRun;
  }

  private picturesOf(id: TraceId): PictureQueue | undefined {
    // The run first: its trace may yet have to take the place of an older one of the same id.
    return this.running?.trace === id ? this.running.pictures : this.traces.find(id)?.pictures;
  }

  private sendPictures(id: TraceId): void {
    const trace = this.traces.find(id);
    for (let next = trace?.pictures.take(); trace && next; next = trace.pictures.take()) {
      const picture = overview(trace, next.stack, next.layer);
      this.emit({ type: 'picture', trace: id, layer: next, picture }, [picture.data]);
    }
  }

  /** Answers from what a trace holds, at once; a study in its turn. */
  private answer({ request, trace, query }: Extract<ToEngine, { type: 'query' }>): void {
    if (isStudy(query)) {
      const { emit } = this;
      const asked = { request, query, trace: () => this.traces.get(trace), emit, breathe };
      return this.studies.ask(request, trace, (signal) => askStudy(asked, signal));
    }
    try {
      this.emit({ type: 'answer', request, value: answer(this.traces.get(trace), query) });
    } catch (thrown) {
      this.emit({ type: 'refused', request, failure: Failure.from(thrown).toWire() });
    }
  }

  /** Does what was asked for after all that was asked before, or says why not. */
  private enqueue(request: number, task: () => Promise<void>): void {
    this.lastTask = this.lastTask.then(task).catch((thrown: unknown) => {
      this.emit({ type: 'refused', request, failure: Failure.from(thrown).toWire() });
    });
  }

  private memory(): EngineMemory {
    return {
      tensors: tf.memory().numTensors,
      weights: this.models.weightTensors,
      kept: this.prefix.tensors,
      traceBytes: this.traces.bytes,
      traces: this.traces.size,
    };
  }
}

/** One turn of the event loop: what has arrived meanwhile is read. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
