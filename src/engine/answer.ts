import {
  lookedAt,
  looksAt,
  matrixRows,
  sizeOf,
  type MatrixSelection,
} from '../analysis/attentionMatrix';
import { readBy } from '../analysis/aggregate';
import { codeMatrix } from '../analysis/picture';
import { Failure } from '../failure/failure';
import type { MatrixAddress, RowAddress, Stack } from '../protocol/address';
import type { Answer, Query, QueryName, Question, StudyQuery } from '../protocol/queries';
import { keySide, querySide } from '../protocol/stacks';
import { MAX_PAYLOAD_BYTES, type Picture, type WireTensor } from '../protocol/wireTensor';
import { checkRange, vector } from './answerRange';
import { tokenCandidates } from './candidateAnswers';
import { generationSettings } from './generationSettings';
import { headFocuses, headProfiles } from './headAnswers';
import { headWeights } from './headWeightsAnswer';
import type { LayerTrace } from './layerTrace';
import { modelFactors } from './modelFactors';
import { curve, positionBias, positions, rotation } from './positionAnswers';
import { positionReach, positionShift, positionWaves } from './positionReachAnswers';
import { distanceEffect, positionScores } from './positionScoreAnswers';
import { pythonFor } from './pythonFor';
import { rowNorms } from './rowNorms';
import type { Trace } from './trace';
import { checkRead, viewOf } from './traceTokens';

/** Pixels along a side of the large matrix: 1,024 × 1,024 bytes is one message. */
const MATRIX_PIXELS = 1024;
/** Pixels along a side of an overview thumbnail: 16 heads of 96 × 96 stay below 150 kB a layer. */
const OVERVIEW_PIXELS = 96;

/** Answers a question about a trace from what it holds; nothing is run again. */
export function answer(trace: Trace, query: Exclude<Query, StudyQuery>): Answer<QueryName> {
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
    case 'rotation':
      return rotation(trace, query.question);
    case 'positionBias':
      return positionBias(trace, query.question);
    case 'positionWaves':
      return positionWaves(trace, query.question);
    case 'positionReach':
      return positionReach(trace, query.question);
    case 'positionShift':
      return positionShift(trace, query.question);
    case 'positionScores':
      return positionScores(trace, query.question);
    case 'distanceEffect':
      return distanceEffect(trace, query.question);
    case 'candidates':
      return tokenCandidates(trace, query.question);
    case 'heads':
      return headProfiles(trace, query.question);
    case 'focus':
      return headFocuses(trace, query.question);
    case 'factors':
      return modelFactors(trace);
    case 'structure':
      return trace.model.structure;
    case 'headWeights':
      return headWeights(trace, query.question);
    case 'generationSettings':
      return generationSettings(trace);
    case 'python':
      return pythonFor(trace, query.question);
  }
}

/** Overview of a layer: every head, small; beyond a hundred heads smaller, to stay one message. */
export function overview(trace: Trace, stack: Stack, layer: number): Picture {
  const [record] = trace.shown(stack, layer);
  const { attention, approximate } = record!;
  const pixels = Math.min(
    OVERVIEW_PIXELS,
    Math.floor(Math.sqrt(MAX_PAYLOAD_BYTES / attention.heads)),
  );
  const coded = Array.from({ length: attention.heads }, (_, head) =>
    codeMatrix((query) => attention.row(head, query), attention.queries, attention.keys, pixels),
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
    approximate,
    data: data.buffer,
  };
}

/** One row or column, exact. @throws Failure `trace.*` for an address that is not there */
export function rowAnswer(trace: Trace, address: RowAddress): Answer<'row'> {
  const { selection, approximate } = shown(trace, address);
  const { stack, token, direction, unit } = address;
  const { queries, keys } = sizeOf(selection);
  const looks = direction === 'looksAt';
  const side = (looks ? querySide : keySide)(trace.architecture, stack);
  checkRead(trace, side, unit, token, looks ? queries : keys);
  const { weights, hidden } = looks ? looksAt(selection, token) : lookedAt(selection, token);
  return {
    weights: vector(weights),
    norms: vector(rowNorms(trace, address, selection, weights)),
    hidden,
    approximate,
  };
}

function matrix(trace: Trace, address: MatrixAddress): Answer<'matrix'> {
  const { selection, approximate } = shown(trace, address);
  const { queries, keys } = sizeOf(selection);
  const rowOf = (query: number): Float32Array => matrixRows(selection, query, query + 1);
  const { rows, columns, maximum, bytes } = codeMatrix(rowOf, queries, keys, MATRIX_PIXELS);
  const size = { heads: 1, rows, columns, queries, keys };
  return { ...size, maxima: [maximum], approximate, data: bytes.buffer };
}

function exactRows(trace: Trace, question: Question<'matrixRows'>): WireTensor {
  const selection = select(trace, question);
  const { queries, keys } = sizeOf(selection);
  const { from, to } = question;
  checkRange(from, to, queries, keys);
  return { shape: [to - from, keys], data: matrixRows(selection, from, to).buffer };
}

/**
 * Looks the layers of an address up.
 * @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noHead`, `trace.notCaptured`, `trace.approximate`
 */
export function select(trace: Trace, address: MatrixAddress): MatrixSelection {
  return selectFrom(trace, address, trace.readable(address.stack, address.layer));
}

/** The same, of a preview as well. */
function shown(
  trace: Trace,
  address: MatrixAddress,
): { readonly selection: MatrixSelection; readonly approximate: boolean } {
  const records = trace.shown(address.stack, address.layer);
  const approximate = records.some((record) => record.approximate);
  return { selection: selectFrom(trace, address, records), approximate };
}

function selectFrom(
  trace: Trace,
  address: MatrixAddress,
  records: readonly LayerTrace[],
): MatrixSelection {
  const { head } = address;
  const layers = records.map(({ attention }) => attention);
  const { heads } = layers[0]!;
  if (typeof head === 'number' && head >= heads) {
    throw new Failure('trace.noHead', { value: head, last: heads - 1 });
  }
  return { layers, head, ...viewOf(trace, address, readBy(layers)) };
}
