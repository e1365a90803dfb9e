/** One head with something done differently, beside the same head as trained. */
import { codeMatrix } from '../../analysis/picture';
import type { Change } from '../../protocol/change';
import type { Stack } from '../../protocol/address';
import type { Answer, Question } from '../../protocol/queries';
import { halfOf } from '../../protocol/stacks';
import type { Picture } from '../../protocol/wireTensor';
import { checkRange, matrix } from '../answerRange';
import { checkHead } from '../checkHead';
import { attentionName } from '../replay/hookNaming';
import type { Replay } from '../replay/replay';
import { checkToken } from '../traceTokens';
import { headMoved, headRows, type HeadPlace } from './headValues';
import { headState } from './headState';
import type { StudyContext } from './studyContext';

/** Pixels along a side: two pictures of 512 × 512 are half a message. */
const MATRIX_PIXELS = 512;
/** Enough to see what moved; the rows have the rest. */
const MOVED_CELLS = 20;

type MovedCell = Answer<'whatIfMatrix'>['moved'][number];

/** Both passes over the tokens of a trace, and where in them a head is. */
interface Both extends HeadPlace {
  readonly asTrained: Replay;
  readonly changed: Replay;
}

/** @throws Failure `trace.noStack`, `trace.noLayer`, `trace.noHead`, `trace.noToken`, `change.*` */
export async function whatIfHead(
  context: StudyContext,
  question: Question<'whatIf'>,
): Promise<Answer<'whatIf'>> {
  const both = await bothPasses(context, question, ['hook_q', 'hook_k', 'hook_v', 'scores']);
  const { query, stack } = question;
  checkToken(query, headRows(both.asTrained, both, 'pattern').length);
  const { heads } = context.model.stackConfig(halfOf(stack))!;
  const moved = (point: 'hook_q' | 'hook_k' | 'hook_v'): number =>
    headMoved(both.asTrained, both.changed, both, point, heads);
  return {
    asTrained: headState(both.asTrained, both, query),
    changed: headState(both.changed, both, query),
    moved: { queries: moved('hook_q'), keys: moved('hook_k'), values: moved('hook_v') },
  };
}

/** @throws Failure as `whatIfHead` */
export async function whatIfMatrix(
  context: StudyContext,
  question: Question<'whatIfMatrix'>,
): Promise<Answer<'whatIfMatrix'>> {
  const both = await bothPasses(context, question, []);
  const [asTrained, changed] = [
    headRows(both.asTrained, both, 'pattern'),
    headRows(both.changed, both, 'pattern'),
  ];
  return {
    asTrained: pictureOf(asTrained),
    changed: pictureOf(changed),
    moved: movedCells(asTrained, changed),
  };
}

/** @throws Failure as `whatIfHead`, `trace.range` */
export async function whatIfRows(
  context: StudyContext,
  question: Question<'whatIfRows'>,
): Promise<Answer<'whatIfRows'>> {
  const both = await bothPasses(context, question, []);
  const { from, to } = question;
  const some = (replay: Replay): Answer<'whatIfRows'>['asTrained'] => {
    const rows = headRows(replay, both, 'pattern');
    const keys = rows[0]!.length;
    checkRange(from, to, rows.length, keys);
    return matrix(rows.slice(from, to), keys);
  };
  return { asTrained: some(both.asTrained), changed: some(both.changed) };
}

async function bothPasses(
  context: StudyContext,
  {
    change,
    stack,
    layer,
    head,
  }: {
    readonly change: Change;
    readonly stack: Stack;
    readonly layer: number;
    readonly head: number;
  },
  points: readonly string[],
): Promise<Both> {
  const { trace } = context;
  checkHead(trace, { stack, layer, head });
  const attention = attentionName(trace.architecture, stack, layer);
  const names = ['pattern', ...points].map((point) => `${attention}.${point}`);
  const asTrained = await context.replay([], names, { from: 0, to: 0.5 });
  const changed = await context.replay([change], names, { from: 0.5, to: 1 });
  return { asTrained, changed, stack, attention, head };
}

function pictureOf(weights: readonly Float32Array[]): Picture {
  const [queries, keys] = [weights.length, weights[0]!.length];
  const { rows, columns, maximum, bytes } = codeMatrix(
    (query) => weights[query]!,
    queries,
    keys,
    MATRIX_PIXELS,
  );
  const size = { heads: 1, rows, columns, queries, keys };
  return { ...size, maxima: [maximum], approximate: false, data: bytes.buffer };
}

/** The cells whose weights differ most, largest difference first; equal ones in the order of the text. */
function movedCells(
  asTrained: readonly Float32Array[],
  changed: readonly Float32Array[],
): MovedCell[] {
  const found: MovedCell[] = [];
  const size = (cell: MovedCell): number => Math.abs(cell.changed - cell.asTrained);
  for (const [query, row] of asTrained.entries())
    for (let key = 0; key < row.length; key++) {
      const cell = { query, key, asTrained: row[key]!, changed: changed[query]![key]! };
      const difference = size(cell);
      if (difference === 0) continue;
      if (found.length === MOVED_CELLS && difference <= size(found.at(-1)!)) continue;
      const place = found.findIndex((other) => size(other) < difference);
      found.splice(place < 0 ? found.length : place, 0, cell);
      found.length = Math.min(found.length, MOVED_CELLS);
    }
  return found;
}
