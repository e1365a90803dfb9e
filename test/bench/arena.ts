import type { Ask, Reply } from './contestant';
import { commandOf, type Engine } from './engines';
import { EngineProcess } from './engineProcess';
import type { Participant } from './record';
import type { Settings } from './settings';
import { bytesOfPatterns, bytesOfWeights, type Shape } from './shapes';

/** Memory of a process besides weights and results. */
const PROCESS_BYTES = 150 * 2 ** 20;
/** Copies of the weights in an engine, on average: stock kernels and ONNX Runtime pack a second or third one. */
const WEIGHT_COPIES = 1.6;
/** Share of the attention matrices that an engine keeps room for when it rests, and copies while it works. */
const PATTERNS_AT_REST = 0.5;
const PATTERNS_AT_WORK = 3;
/** Share of the machine's free memory that all engines together may take. */
const FREE_SHARE = 0.8;

/**
 * The engines with the model of one shape, each in a process. They live side by side where there is
 * memory for all, so that turns follow each other closely; else each lives as long as its turn.
 */
export class Arena {
  private readonly processes = new Map<string, EngineProcess>();
  private readonly absent = new Map<string, string>();
  private readonly about = new Map<string, string>();
  readonly keepsAlive: boolean;

  constructor(
    private readonly engines: readonly Engine[],
    private readonly settings: Settings,
    private readonly shape: Shape,
    private readonly folder: string,
  ) {
    const patterns = bytesOfPatterns(shape, Math.max(...settings.lengths));
    const each =
      PROCESS_BYTES + WEIGHT_COPIES * bytesOfWeights(shape) + PATTERNS_AT_REST * patterns;
    const all = engines.length * each + PATTERNS_AT_WORK * patterns;
    this.keepsAlive = all < FREE_SHARE * process.availableMemory();
    if (!this.keepsAlive) console.log('  too little memory: each engine lives as long as its turn');
  }

  /** Engines that have not failed. */
  get present(): readonly Engine[] {
    return this.engines.filter(({ id }) => !this.absent.has(id));
  }

  get participants(): readonly Participant[] {
    return this.engines.map(({ id, title, threads }) => ({
      id,
      title,
      threads,
      about: this.about.get(id) ?? '',
      absent: this.absent.get(id) ?? null,
    }));
  }

  /** Loads an engine afresh. Null: it failed, and takes part no more. */
  async load(engine: Engine): Promise<Reply | null> {
    await this.stop(engine);
    return this.attempt(engine, () => this.start(engine));
  }

  /** Null: it failed, and takes part no more. */
  async ask(engine: Engine, question: Ask): Promise<Reply | null> {
    return this.attempt(engine, async () => {
      if (!this.processes.has(engine.id)) await this.start(engine);
      return this.processes.get(engine.id)!.ask(question);
    });
  }

  /** After an engine's turn. */
  async rest(engine: Engine): Promise<void> {
    if (!this.keepsAlive) await this.stop(engine);
  }

  async close(): Promise<void> {
    for (const engine of this.engines) await this.stop(engine);
  }

  private async start(engine: Engine): Promise<Reply> {
    const { folder, shape } = this;
    const { command, args } = commandOf(engine, this.settings, { folder, shape });
    const started = EngineProcess.start(engine.id, command, args);
    this.processes.set(engine.id, started);
    const reply = await started.ask({ ask: 'load' });
    this.about.set(engine.id, reply.about ?? '');
    return reply;
  }

  private async stop({ id }: Engine): Promise<void> {
    await this.processes.get(id)?.stop();
    this.processes.delete(id);
  }

  private async attempt(engine: Engine, act: () => Promise<Reply>): Promise<Reply | null> {
    try {
      return await act();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.absent.set(engine.id, reason);
      console.log(`  ${engine.id} takes part no more: ${reason}`);
      await this.stop(engine);
      return null;
    }
  }
}
