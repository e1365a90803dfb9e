import { Failure } from '../failure/failure';
import type { TransformerConfig } from '../transformer/config';
import { tokenBatch, type TokenBatch } from '../transformer/sequence';
import type { Ids, IdsKey, Rows } from './idsFile';

/** What a model is run on. */
export interface ModelInputs {
  readonly source: TokenBatch;
  /** What the decoder is given, or (when it generates) the prompt it writes on from; null: nothing. */
  readonly target: TokenBatch | null;
}

/** Inputs that no encoder–decoder built here takes: segments and free positions belong to other families. */
const FOREIGN_KEYS: readonly IdsKey[] = ['token_type_ids', 'position_ids'];

/** Holds ids against a model. @throws Failure `ids.*` */
export function modelInputs(
  file: string,
  ids: Ids,
  config: TransformerConfig,
  generates: boolean,
): ModelInputs {
  const { input_ids: source, decoder_input_ids: target, decoder_attention_mask: targetMask } = ids;
  const foreign = FOREIGN_KEYS.find((key) => ids[key]);
  if (foreign) {
    throw new Failure('ids.unsupported', { file, key: foreign, modelType: config.modelType });
  }
  if (!source) throw new Failure('ids.required', { file, key: 'input_ids' });
  if (!target && !generates) throw new Failure('ids.required', { file, key: 'decoder_input_ids' });
  if (generates && targetMask?.flat().includes(0)) throw new Failure('ids.promptMask', { file });
  check(file, 'input_ids', source, config.sourceVocabulary, config.positions);
  if (target) check(file, 'decoder_input_ids', target, config.targetVocabulary, config.positions);
  return {
    source: tokenBatch(source, ids.attention_mask),
    target: target ? tokenBatch(target, targetMask) : null,
  };
}

function check(file: string, key: IdsKey, rows: Rows, vocabulary: number, limit: number): void {
  const { length } = rows[0]!;
  if (length > limit) throw new Failure('ids.tooLong', { file, key, length, limit });
  const value = rows.flat().find((id) => id < 0 || id >= vocabulary);
  if (value !== undefined)
    throw new Failure('ids.token', { file, key, value, last: vocabulary - 1 });
}
