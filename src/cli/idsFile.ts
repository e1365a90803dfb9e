import { stat } from 'node:fs/promises';
import { Failure } from '../failure/failure';
import { readWhole } from './readWhole';

/** Keys a file of token ids may have: the inputs of Hugging Face's models. */
const KEYS = [
  'input_ids',
  'attention_mask',
  'token_type_ids',
  'position_ids',
  'decoder_input_ids',
  'decoder_attention_mask',
] as const;
export type IdsKey = (typeof KEYS)[number];

/** `[row][position]`: at least one row, rows of one length of at least 1. */
export type Rows = readonly (readonly number[])[];

/** What a file of token ids holds, by key. */
export type Ids = Readonly<Partial<Record<IdsKey, Rows>>>;

/** Largest file read: far more ids than any model can take at once. */
const MAX_BYTES = 64 << 20;

/** @throws Failure `input.unreadable`, `ids.*`: all that can be wrong whatever the model */
export async function readIdsFile(file: string): Promise<Ids> {
  const ids: Partial<Record<IdsKey, Rows>> = {};
  for (const [key, value] of Object.entries(await readJsonObject(file))) {
    const known = KEYS.find((one) => one === key);
    if (!known) throw new Failure('ids.key', { file, key, known: KEYS.join(', ') });
    ids[known] = rows(file, known, value);
  }
  for (const key of ['attention_mask', 'token_type_ids', 'position_ids'] as const) {
    checkSameShape(file, ids, key, 'input_ids');
  }
  checkSameShape(file, ids, 'decoder_attention_mask', 'decoder_input_ids');
  checkMask(file, ids, 'attention_mask');
  checkMask(file, ids, 'decoder_attention_mask');
  const batch = ids.input_ids?.length;
  const targets = ids.decoder_input_ids?.length;
  if (batch !== undefined && targets !== undefined && batch !== targets) {
    const keys = { key: 'decoder_input_ids', other: 'input_ids' };
    throw new Failure('ids.batch', { file, ...keys, actual: targets, expected: batch });
  }
  return ids;
}

async function readJsonObject(file: string): Promise<object> {
  let text: string;
  try {
    const { size } = await stat(file);
    const bytes = size > MAX_BYTES ? null : await readWhole(file, MAX_BYTES);
    if (!bytes) {
      // A device says that it has 0 bytes.
      if (size <= MAX_BYTES) throw new Failure('input.tooLong', { file, limit: MAX_BYTES });
      throw new Failure('ids.size', { file, size, limit: MAX_BYTES });
    }
    text = bytes.toString('utf8');
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new Failure('input.unreadable', { file, reason }, { cause });
  }
  try {
    // A byte-order mark is what some editors put first; JSON knows none.
    const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch (cause) {
    throw new Failure('ids.json', { file }, { cause });
  }
  throw new Failure('ids.json', { file });
}

function rows(file: string, key: IdsKey, value: unknown): Rows {
  if (!isRows(value)) throw new Failure('ids.rows', { file, key });
  const expected = value[0]!.length;
  const row = value.findIndex(({ length }) => length !== expected);
  if (row < 0) return value;
  throw new Failure('ids.ragged', { file, key, row, actual: value[row]!.length, expected });
}

const isRows = (value: unknown): value is number[][] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((row) => Array.isArray(row) && row.length > 0 && row.every(Number.isSafeInteger));

function checkSameShape(file: string, ids: Ids, key: IdsKey, other: IdsKey): void {
  const [one, reference] = [ids[key], ids[other]];
  if (!one || !reference) {
    if (one) throw new Failure('ids.required', { file, key: other });
    return;
  }
  const [actual, expected] = [shapeOf(one), shapeOf(reference)];
  if (actual !== expected) throw new Failure('ids.shape', { file, key, other, actual, expected });
}

const shapeOf = (rows: Rows): string => `${rows.length}, ${rows[0]!.length}`;

function checkMask(file: string, ids: Ids, key: IdsKey): void {
  const value = ids[key]?.flat().find((one) => one !== 0 && one !== 1);
  if (value !== undefined) throw new Failure('ids.mask', { file, key, value });
}
