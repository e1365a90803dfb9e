import { Failure } from '../failure/failure';
import {
  architectureOf,
  readingStack,
  type StackConfig,
  type TransformerConfig,
} from '../transformer/config';
import { positionLimit, type PositionConfig } from '../transformer/positions/positionConfig';
import { tokenBatch, type TokenBatch } from '../transformer/sequence';
import type { Ids, IdsKey, Rows } from './idsFile';

/** What a model is run on. */
export interface ModelInputs {
  readonly source: TokenBatch;
  /** What the decoder of an encoder–decoder is given, or (when it generates) the prompt it writes on from; null: nothing. */
  readonly target: TokenBatch | null;
}

/** Largest whole number that float32 tells from its neighbours: angles of later positions would be another's. */
const MAX_POSITION = 2 ** 24;

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
  const reading = readingStack(config);
  checkRange(file, 'token_type_ids', ids, [0, reading.embedding.types - 1]);
  checkRange(file, 'position_ids', ids, positionRange(reading.positions));
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

/** Positions that may be given, as the reference counts them. */
function positionRange(positions: PositionConfig): readonly [first: number, last: number] {
  if (positions.kind !== 'learned') return [0, MAX_POSITION];
  const { count, offset, numbering } = positions;
  // RoBERTa's are rows of its table already; before OPT's position 0 are those of padding.
  return numbering === 'notPadding' ? [0, count + offset - 1] : [-offset, count - 1];
}

/** Held against the range before they become int32, which would wrap around. */
function checkRange(
  file: string,
  key: IdsKey,
  ids: Ids,
  [first, last]: readonly [number, number],
): void {
  const value = ids[key]?.flat().find((one) => one < first || one > last);
  if (value !== undefined) throw new Failure('ids.range', { file, key, value, first, last });
}
