import { Failure } from '../failure/failure';
import { architectureOf, type StackConfig, type TransformerConfig } from '../transformer/config';
import { positionLimit } from '../transformer/positions/positionConfig';
import { tokenBatch, type TokenBatch } from '../transformer/sequence';
import type { Ids, IdsKey, Rows } from './idsFile';

/** What a model is run on. */
export interface ModelInputs {
  readonly source: TokenBatch;
  /** What the decoder of an encoder–decoder is given, or (when it generates) the prompt it writes on from; null: nothing. */
  readonly target: TokenBatch | null;
}

/** Holds ids against a model. @throws Failure `ids.*`, `model.*` */
export function modelInputs(
  file: string,
  ids: Ids,
  config: TransformerConfig,
  generates: boolean,
): ModelInputs {
  const { input_ids: source, decoder_input_ids: target, decoder_attention_mask: targetMask } = ids;
  const foreign = foreignKeys(config, generates).find((key) => ids[key]);
  if (foreign) {
    throw new Failure('ids.unsupported', { file, key: foreign, modelType: config.modelType });
  }
  if (!source) throw new Failure('ids.required', { file, key: 'input_ids' });
  const both = architectureOf(config) === 'encoderDecoder';
  if (both && !target && !generates)
    throw new Failure('ids.required', { file, key: 'decoder_input_ids' });
  if (generates && targetMask?.flat().includes(0)) throw new Failure('ids.promptMask', { file });
  check(file, 'input_ids', source, (config.encoder ?? config.decoder)!);
  if (target) check(file, 'decoder_input_ids', target, config.decoder!);
  return {
    source: tokenBatch(source, {
      mask: ids.attention_mask,
      types: ids.token_type_ids,
      positions: ids.position_ids,
    }),
    target: target ? tokenBatch(target, { mask: targetMask }) : null,
  };
}

/** Inputs that this model does not take. */
function foreignKeys({ encoder, decoder }: TransformerConfig, generates: boolean): IdsKey[] {
  const only = encoder && decoder ? null : (encoder ?? decoder)!;
  const keys: IdsKey[] = [];
  if (only) keys.push('decoder_input_ids', 'decoder_attention_mask');
  if (!only || only.embedding.types === 0) keys.push('token_type_ids');
  const numbered = only?.positions.kind === 'learned' || only?.positions.kind === 'rotary';
  // What a model writes is numbered on by the mask.
  if (!numbered || generates) keys.push('position_ids');
  return keys;
}

function check(file: string, key: IdsKey, rows: Rows, { embedding, positions }: StackConfig): void {
  const { length } = rows[0]!;
  const limit = positionLimit(positions);
  if (limit !== null && length > limit)
    throw new Failure('ids.tooLong', { file, key, length, limit });
  const last = embedding.vocabulary - 1;
  const value = rows.flat().find((id) => id < 0 || id > last);
  if (value !== undefined) throw new Failure('ids.token', { file, key, value, last });
}
