import type { CachedSteps } from '../../transformer/cachedSteps';
import type { StepModel } from '../../transformer/generate/stepModel';

/**
 * A model that has read its prompt already and now writes on: it begins with what it said at the
 * prompt's end.
 */
export class GoingOn implements StepModel {
  constructor(
    private readonly steps: CachedSteps,
    /** Logits `[vocabulary]` of what follows the prompt. */
    private readonly next: Float32Array,
    /** Told the logits `[vocabulary]` of what follows each token read. */
    private readonly read: (logits: Float32Array) => void,
  ) {}

  begin(): Promise<Float32Array> {
    return Promise.resolve(this.next);
  }

  async step(tokens: Int32Array): Promise<Float32Array> {
    const logits = await this.steps.step(tokens);
    this.read(logits);
    return logits;
  }

  reorder(rows: Int32Array): void {
    this.steps.reorder(rows);
  }

  /** The prompt's keys and values are whoever's who read it. */
  dispose(): void {}
}
