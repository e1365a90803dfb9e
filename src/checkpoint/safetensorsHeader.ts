import { Failure } from '../failure/failure';
import { byteLength, isDtype } from './dtype';
import { isObject, parseJsonObject } from './jsonObject';

/** Where a tensor lies in its file. */
export interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** First byte in the file. */
  readonly start: number;
  /** Byte after the last. */
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The file begins with the header's length as an unsigned 64-bit number. */
export const LENGTH_BYTES = 8;
/** Longest header read: about 200 bytes a tensor, so room for 100,000 of them; the rest is damage or malice. */
export const MAX_HEADER_BYTES = 25_000_000;
const METADATA = '__metadata__';
/** `{`: the format allows white space after the header's text, nothing before it. */
const HEADER_START = 0x7b;

/**
 * Present in every runtime; declared here because this room's types know neither the DOM nor Node.
 */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode(bytes: Uint8Array): string };

/** Bytes of header that follow, by the first eight bytes of the file. */
export function headerLength(file: string, size: number, first: Uint8Array): number {
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    const args = { file, length: String(length), limit: MAX_HEADER_BYTES };
    throw new Failure('checkpoint.headerTooLong', args);
  }
  const expected = LENGTH_BYTES + Number(length);
  if (expected > size) throw new Failure('checkpoint.truncated', { file, size, expected });
  return Number(length);
}

/**
 * Reads a header and holds it against the file's size: tensors must lie side by side from the end
 * of the header to the end of the file, each as long as its shape and type say.
 */
export function parseHeader(file: string, size: number, bytes: Uint8Array): SafetensorsHeader {
  const json = parseJsonObject(file, bytes[0] === HEADER_START ? decode(bytes) : null);
  const tensors = new Map<string, TensorEntry>();
  let metadata: Readonly<Record<string, string>> = {};
  const data = LENGTH_BYTES + bytes.length;
  for (const [name, value] of Object.entries(json)) {
    if (name === METADATA) metadata = parseMetadata(file, value);
    else tensors.set(name, parseEntry(file, name, value, data));
  }
  checkLayout(file, tensors, data, size);
  return { tensors, metadata };
}

/** Header bytes as text; null if they are not UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseMetadata(file: string, value: unknown): Record<string, string> {
  if (value === null) return {}; // how some writers say that there is none
  const texts = isObject(value) ? Object.entries(value) : [];
  if (!isObject(value) || texts.some(([, text]) => typeof text !== 'string')) {
    throw new Failure('checkpoint.entry', { file, name: METADATA });
  }
  return Object.fromEntries(texts);
}

function parseEntry(file: string, name: string, value: unknown, data: number): TensorEntry {
  const {
    dtype,
    shape,
    data_offsets: offsets,
  }: Partial<Record<string, unknown>> = isObject(value) ? { ...value } : {};
  const elements = isSizes(shape) ? countElements(shape) : null;
  if (typeof dtype !== 'string' || !isSizes(shape) || elements === null) {
    throw new Failure('checkpoint.entry', { file, name });
  }
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!) {
    throw new Failure('checkpoint.entry', { file, name });
  }
  const [start, end] = [data + offsets[0]!, data + offsets[1]!];
  // A type this version does not know is refused when the tensor is read, not while others are.
  const expected = isDtype(dtype) ? byteLength(dtype, elements) : end - start;
  if (expected !== end - start) {
    throw new Failure('checkpoint.tensorBytes', {
      file,
      tensor: name,
      actual: end - start,
      expected,
    });
  }
  return { dtype, shape, start, end };
}

/** Elements of a shape; null beyond what a number counts exactly. */
function countElements(shape: readonly number[]): number | null {
  let elements = 1;
  for (const length of shape) {
    elements *= length;
    if (!Number.isSafeInteger(elements)) return null;
  }
  return elements;
}

function checkLayout(
  file: string,
  tensors: ReadonlyMap<string, TensorEntry>,
  data: number,
  size: number,
): void {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let end = data;
  for (const [tensor, entry] of inOrder) {
    if (entry.start < end) throw new Failure('checkpoint.overlap', { file, tensor });
    if (entry.start > end)
      throw new Failure('checkpoint.gap', { file, tensor, bytes: entry.start - end });
    end = entry.end;
  }
  if (end > size) throw new Failure('checkpoint.truncated', { file, size, expected: end });
  if (end < size) throw new Failure('checkpoint.trailing', { file, bytes: size - end });
}

/** Whole numbers from 0 up, none of them written with a minus. */
const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.every((size) => Number.isSafeInteger(size) && size >= 0 && !Object.is(size, -0));
