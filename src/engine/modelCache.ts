import type { Cancellation } from '../failure/cancellation';
import type { ReadProgress } from '../checkpoint/checkpoint';
import { LoadedModel } from './loadedModel';
import { NodeModelFolder } from './nodeModelFolder';

/** Models in memory by folder. One is kept for the next run; more only while a trace needs them. */
export class ModelCache {
  private readonly models = new Map<string, LoadedModel>();

  constructor(
    private readonly inUse: (model: LoadedModel) => boolean,
    /** Told of a model that is freed. */
    private readonly onFreed: (model: LoadedModel) => void,
  ) {}

  /** Tensors of all loaded models. */
  get weightTensors(): number {
    return [...this.models.values()].reduce((sum, { weightTensors }) => sum + weightTensors, 0);
  }

  /** The model of a folder, loaded now if it is not in memory. @throws Failure of loading */
  async get(path: string, signal: Cancellation, onProgress?: ReadProgress): Promise<LoadedModel> {
    const known = this.models.get(path);
    if (known) return known;
    this.trim();
    const model = await LoadedModel.load(new NodeModelFolder(path), signal, onProgress);
    this.models.set(path, model);
    return model;
  }

  /** Frees every model that no trace needs. */
  trim(): void {
    for (const [path, model] of this.models) {
      if (this.inUse(model)) continue;
      this.models.delete(path);
      this.onFreed(model);
      model.dispose();
    }
  }
}
