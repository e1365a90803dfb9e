import type { TransformerConfig } from '../config';
import type { Json } from '../generate/optionReader';
import type { WeightNames } from './weightNames';

/** A dialect: how one kind of checkpoint writes its configuration and names its weights. */
export interface Family {
  readonly modelType: string;
  /**
   * @param names of the checkpoint's tensors: they tell which class wrote it where the file does not
   * @throws Failure `config.*` for what this family cannot run: refused, never guessed.
   */
  config(json: Json, names: ReadonlySet<string>): TransformerConfig;
  weights(config: TransformerConfig, names: ReadonlySet<string>, json: Json): WeightNames;
}
