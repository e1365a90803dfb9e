import {
  lookedAt,
  looksAt,
  matrixRows,
  type AttentionRow,
  type MatrixSelection,
} from '../analysis/attentionMatrix';
import { codeMatrix } from '../analysis/picture';
import { positionCurve } from '../analysis/positionCurve';
import { Failure } from '../failure/failure';
import type { MatrixAddress, RowAddress, Stack } from '../protocol/address';
import type { Answer, Query, QueryName, Question } from '../protocol/queries';
import { MAX_PAYLOAD_BYTES, type Picture, type WireTensor } from '../protocol/wireTensor';
import { headFocuses, headProfiles } from './headAnswers';
import { pythonFor } from './pythonFor';
import { rowNorms } from './rowNorms';
import type { Trace } from './trace';
import { checkRead, checkToken, hiddenIn, keySide, querySide, tokensOf } from './traceTokens';

/** Pixels along a side of the large matrix: 1,024 × 1,024 bytes is one message. */
const MATRIX_PIXELS = 1024;
/** Pixels along a side of an overview thumbnail: 16 heads of 96 × 96 stay below 150 kB a layer. */
const OVERVIEW_PIXELS = 96;

/** Answers a question about a trace from what it holds; nothing is run again. */
export function answer(trace: Trace, query: Query): Answer<QueryName> {
  switch (query.name) {
    case 'row':
      return rowAnswer(trace, query.question);
    case 'matrix':
      return matrix(trace, query.question);
    case 'matrixRows':
      return exactRows(trace, query.question);
    case 'positions':
      return positions(trace, query.question);
    case 'positionCurve':
      return curve(trace, query.question);
    case 'heads':
      return headProfiles(trace, query.question);
    case 'focus':
      return headFocuses(trace, query.question);
    case 'python':
      return pythonFor(trace, query.question);
  }
}

/** Overview of a layer: every head, small. */
export function overview(trace: Trace, stack: Stack, layer: number): Picture {
  const [record] = trace.readable(stack, layer);
  const { attention } = record!;
  const coded = Array.from({ length: attention.heads }, (_, head) =>
    codeMatrix(
      (query) => attention.row(head, query),
      attention.queries,
      attention.keys,
      OVERVIEW_PIXELS,
    ),
  );
  const { rows, columns } = coded[0]!;
  const data = new Uint8Array(coded.length * rows * columns);
  for (const [head, { bytes }] of coded.entries()) data.set(bytes, head * rows * columns);
  return {
    heads: coded.length,
    rows,
    columns,
    queries: attention.queries,
    keys: attention.keys,
    maxima: coded.map(({ maximum }) => maximum),
    data: data.buffer,
  };
}

/** One row or column, exact. @throws Failure `trace.*` for an address that is not there */
export function rowAnswer(trace: Trace, address: RowAddress): Answer<'row'> {
  const selection = select(trace, address);
  const { stack, token, direction } = address;
  let result: AttentionRow;
  if (direction === 'looksAt') {
    checkRead(trace, querySide(stack), token, selection.layers[0]!.queries);
    result = looksAt(selection, token);
  } else {
    checkRead(trace, keySide(stack), token, selection.layers[0]!.keys);
    result = lookedAt(selection, token);
  }
  return {
    weights: vector(result.weights),
    norms: vector(rowNorms(trace, address, result.weights)),
    hidden: result.hidden,
  };
}

function matrix(trace: Trace, address: MatrixAddress): Answer<'matrix'> {
  const selection = select(trace, address);
  const { queries, keys } = selection.layers[0]!;
  const rowOf = (query: number): Float32Array => matrixRows(selection, query, query + 1);
  const { rows, columns, maximum, bytes } = codeMatrix(rowOf, queries, keys, MATRIX_PIXELS);
  return { heads: 1, rows, columns, queries, keys, maxima: [maximum], data: bytes.buffer };
}

function exactRows(trace: Trace, question: Question<'matrixRows'>): WireTensor {
  const selection = select(trace, question);
  const { queries, keys } = selection.layers[0]!;
  const { from, to } = question;
  checkRange(from, to, queries, keys);
  return { shape: [to - from, keys], data: matrixRows(selection, from, to).buffer };
}

function positions(trace: Trace, { side, from, to }: Question<'positions'>): Answer<'positions'> {
  const { dModel, positionLayout } = trace.plan.model;
  const count = tokensOf(trace, side).length;
  checkRange(from, to, count, dModel);
  const table = trace.model.positionTable().slice(from * dModel, to * dModel);
  return {
    table: { shape: [to - from, dModel], data: table.buffer },
    layout: positionLayout,
    count,
  };
}

function curve(trace: Trace, { side, origin }: Question<'positionCurve'>): WireTensor {
  const count = tokensOf(trace, side).length;
  checkToken(origin, count);
  return vector(positionCurve(trace.model.positionTable(), trace.plan.model.dModel, count, origin));
}

/** Looks the layers of an address up. @throws Failure `trace.noLayer`, `trace.noHead`, `trace.notCaptured` */
export function select(trace: Trace, address: MatrixAddress): MatrixSelection {
  const { stack, layer, head, hideSpecials } = address;
  const layers = trace.readable(stack, layer).map(({ attention }) => attention);
  const { heads } = layers[0]!;
  if (typeof head === 'number' && head >= heads) {
    throw new Failure('trace.noHead', { value: head, last: heads - 1 });
  }
  return { layers, head, hide: hiddenIn(trace, stack, hideSpecials) };
}

/** Rows of `width` float32 numbers, from < to ≤ count, within one message. */
function checkRange(from: number, to: number, count: number, width: number): void {
  checkToken(from, to);
  checkToken(to - 1, count);
  const limit = Math.floor(MAX_PAYLOAD_BYTES / (4 * width));
  if (to - from > limit) throw new Failure('trace.range', { count: to - from, limit });
}

function vector(numbers: Float32Array<ArrayBuffer>): WireTensor {
  return { shape: [numbers.length], data: numbers.buffer };
}
