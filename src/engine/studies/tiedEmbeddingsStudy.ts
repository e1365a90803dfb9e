import * as tf from '@tensorflow/tfjs-core';
import { cosine, largestDifference, norm } from '../../analysis/vectors';
import { throwIfCancelled } from '../../failure/cancellation';
import type { Answer, Question } from '../../protocol/queries';
import type { TableEnd } from '../../protocol/studies/tiedEmbeddings';
import { topIndices } from '../../transformer/generate/topIndices';
import type { TokenTable } from '../../transformer/tokenTable';
import type { Transformer } from '../../transformer/transformer';
import { readerOf } from '../replay/changedRun';
import { vocabularyToken } from '../tokenLabels';
import { isTokenTask } from '../tokenPredictions';
import { checkToken, tokensOf } from '../traceTokens';
import type { StudyContext } from './studyContext';
import { columnOf } from './weightColumns';

/** Entries told beside the token's own. */
const NEAREST = 5;
/** Rows compared at once: 8,192 of 1,024 numbers are 32 MB, and tables have up to 250,000. */
const ROWS_AT_ONCE = 8192;

/** A use of a token table. */
interface End {
  readonly end: TableEnd;
  /** Equal ones are one table. */
  readonly table: object;
  readonly rows: number;
  readonly width: number;
  readonly scale: number;
}

/**
 * The token tables of a model, and a token's entry.
 * @throws Failure `trace.noStack`, `trace.noToken`, `run.cancelled`
 */
export async function tiedEmbeddingsStudy(
  context: StudyContext,
  { side, token }: Question<'tiedEmbeddings'>,
): Promise<Answer<'tiedEmbeddings'>> {
  const { trace, model } = context;
  const { transformer, tokenizer } = model;
  readerOf(trace, side);
  const tokens = tokensOf(trace, side);
  checkToken(token, tokens.length);
  const { id } = tokens[token]!;
  const ends = endsOf(transformer);
  const tables = [...new Set(ends.map(({ table }) => table))];
  const sizeOf = ({ rows, width }: End): number => rows * width;
  const table = ends.find(({ end }) => end === side)!.table as TokenTable;
  const row = rowOf(table, id);
  return {
    ends: ends.map(({ end, table: used, rows, width, scale }) => {
      return { end, table: tables.indexOf(used), rows, width, scale };
    }),
    parameters: tables.reduce<number>(
      (sum, used) => sum + sizeOf(ends.find((end) => end.table === used)!),
      0,
    ),
    untied: ends.reduce((sum, end) => sum + sizeOf(end), 0),
    token: vocabularyToken(tokenizer, id),
    rowNorm: norm(row),
    nearest: (await nearestRows(context, table, id, row)).map(({ id: near, cosine: along }) => ({
      token: vocabularyToken(tokenizer, near),
      cosine: along,
    })),
    column: columnBeside(transformer, row, id),
  };
}

function endsOf({ encoder, decoder, head, config }: Transformer): End[] {
  const read = (end: TableEnd, stack: NonNullable<typeof encoder>): End => {
    const { tokens } = stack.parts.embeddings;
    const { vocabulary: rows, width } = tokens;
    return { end, table: tokens, rows, width, scale: stack.config.embedding.scale };
  };
  const ends = [
    ...(encoder ? [read('source', encoder)] : []),
    ...(decoder ? [read(encoder ? 'target' : 'source', decoder)] : []),
  ];
  if (!head || !isTokenTask(config.head?.task ?? null)) return ends;
  const { weight } = head.parts.output!; // [width, vocabulary]
  const { inputs: width, outputs: rows } = weight;
  const { tied, scale } = head.config;
  return [
    ...ends,
    { end: 'output', table: tied ? ends.at(-1)!.table : weight, rows, width, scale },
  ];
}

const rowOf = (table: TokenTable, row: number): Float32Array =>
  tf.tidy(() => table.rows(Int32Array.of(row)).dataSync<'float32'>());

/** The rows of a table with the largest cosines with one of them, itself left out. */
async function nearestRows(
  context: StudyContext,
  table: TokenTable,
  own: number,
  row: Float32Array,
): Promise<readonly { readonly id: number; readonly cosine: number }[]> {
  const { vocabulary: count, width } = table;
  const cosines = new Float32Array(count);
  const length = norm(row);
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, count - from);
    const [products, squares] = tf.tidy(() => {
      const some = table.rows(Int32Array.from({ length: rows }, (_, i) => from + i));
      return [
        tf.matMul(some, tf.tensor2d(row, [width, 1])).dataSync<'float32'>(),
        tf.sum(tf.square(some), 1).dataSync<'float32'>(),
      ] as const;
    });
    for (let i = 0; i < rows; i++) {
      const lengths = Math.sqrt(squares[i]!) * length;
      cosines[from + i] = lengths === 0 ? 0 : products[i]! / lengths;
    }
    context.progress((from + rows) / count);
    await context.breathe();
    throwIfCancelled(context.signal);
  }
  cosines[own] = Number.NEGATIVE_INFINITY;
  return topIndices(cosines, NEAREST).map((id) => ({ id, cosine: cosines[id]! }));
}

/** The token's column of the output matrix beside its row, where both have one width. */
function columnBeside(
  { head, config }: Transformer,
  row: Float32Array,
  id: number,
): Answer<'tiedEmbeddings'>['column'] {
  if (!head || !isTokenTask(config.head?.task ?? null)) return null;
  const { weight } = head.parts.output!;
  if (weight.inputs !== row.length || id >= weight.outputs) return null;
  const column = columnOf(weight, id);
  return { difference: largestDifference(column, row), cosine: cosine(column, row) };
}
