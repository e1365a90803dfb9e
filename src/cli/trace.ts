import path from 'node:path';
import { safetensorsChunks, type WritableTensor } from '../checkpoint/writeSafetensors';
import { startBackend, type Backend } from '../engine/backend';
import { LoadedModel } from '../engine/loadedModel';
import { checkRunFits } from '../engine/memoryGuard';
import { NodeModelFolder } from '../engine/nodeModelFolder';
import { batchOf, prepareText } from '../engine/prepareText';
import { bytesOfRun } from '../engine/runBytes';
import { writesOutput } from '../engine/writing/checkWrites';
import { DEFAULT_NEW_TOKENS } from '../engine/writing/writingTask';
import type { WireFailure } from '../failure/failure';
import { describeFailure } from '../language/translate';
import { withWritingPositions } from '../transformer/cachedSteps';
import { tokenBatch } from '../transformer/sequence';
import { capturePlan } from './captureList';
import { captureTensors } from './captureTensors';
import { generateSequences } from './generateSequences';
import { readIdsFile, type Ids } from './idsFile';
import { modelInputs, type ModelInputs } from './modelInputs';
import { checkWritable, writeOutput } from './outputFile';
import { productVersion } from './productVersion';
import type { Command, Terminal } from './terminal';
import { targetSequence, textTrace } from './textTrace';
import { readTraceTask, type TraceTask } from './traceArguments';
import { traceRow } from './traceRow';
import { traceTable } from './traceTable';
import { unusedNotice } from './unusedNotice';

/** `trace`: attention and other values of one text or batch: tensors in a file, a table to read, or a row as CSV. */
export const trace: Command = async (args, terminal) => {
  const task = readTraceTask(args, terminal.dist);
  // Read before the model is loaded: a slip in a small file should not cost seconds.
  const ids = task.input.kind === 'ids' ? await readIdsFile(task.input.file) : null;
  if (task.out) await checkWritable(task.out.file);
  const backend = await startBackend({
    wasmDirectory: path.join(terminal.dist, 'wasm'),
    backend: 'auto',
    ...task.computation,
    memoryBudgetBytes: Number.MAX_SAFE_INTEGER,
  });
  const say = (notice: WireFailure): void => terminal.note(describeFailure(notice, terminal.t));
  if (backend.notice) say(backend.notice);
  backend.wasm?.onNotice(say);
  const folder = new NodeModelFolder(task.model);
  const model = await LoadedModel.load(folder, { aborted: false });
  const unused = unusedNotice(model.summary);
  if (unused) terminal.note(describeFailure(unused, terminal.t));
  try {
    if (task.out) await writeTensors(model, backend, task, ids, terminal);
    else await writeText(model, backend, task, terminal);
  } finally {
    model.dispose();
  }
};

async function writeText(
  model: LoadedModel,
  backend: Backend,
  { input, row, table, ...rest }: TraceTask,
  { t, write, note }: Terminal,
): Promise<void> {
  if (input.kind !== 'text') return;
  const traced = await textTrace(model, backend, { ...rest, input });
  for (const notice of traced.notices) note(describeFailure(notice, t));
  write(row ? traceRow(traced.trace, row) : traceTable(traced, table, t));
}

async function writeTensors(
  model: LoadedModel,
  backend: Backend,
  task: TraceTask,
  ids: Ids | null,
  { dist, t, note }: Terminal,
): Promise<void> {
  const { file, capture } = task.out!;
  const plan = capturePlan(capture, model.transformer.config);
  const say = (notice: WireFailure): void => note(describeFailure(notice, t));
  const { source, target } = inputsOf(model, task, ids, say);
  const { beams } = task;
  let read: ModelInputs = { source, target };
  const tensors: WritableTensor[] = [];
  const maxNewTokens = newTokensOf(task, model);
  checkFits(model, source.batch * (beams ?? 1), source.length, target?.length ?? 1, maxNewTokens);
  if (maxNewTokens !== null) {
    const writing = { maxNewTokens, beams };
    const result = await generateSequences(model, source, target, writing);
    if (result.notice && task.generate !== null) say(result.notice);
    const { sequences, scores } = result;
    const [batch, length] = [sequences.length, sequences[0]!.length];
    const data = Int32Array.from(sequences.flat());
    tensors.push({ name: 'sequences', shape: [batch, length], data });
    if (scores) tensors.push({ name: 'sequences_scores', shape: [batch], data: scores });
    read = readBack(model, read, sequences);
  }
  tensors.push(...(await captureTensors(model, read.source, read.target, plan)));
  const metadata = {
    format: 'pt',
    model_type: model.summary.modelType,
    version: await productVersion(dist),
    backend: backend.name,
  };
  await writeOutput(file, safetensorsChunks(tensors, metadata));
}

/** Null: nothing is written. A text by itself is traced as the panel does: an encoder–decoder writes. */
function newTokensOf({ input, generate }: TraceTask, { summary }: LoadedModel): number | null {
  if (generate !== null || input.kind === 'ids') return generate;
  return input.target === null && writesOutput(summary) ? DEFAULT_NEW_TOKENS : null;
}

/** What a teacher-forced pass over written sequences reads: all of them but their last token. */
function readBack(
  { transformer }: LoadedModel,
  { source }: ModelInputs,
  sequences: readonly (readonly number[])[],
): ModelInputs {
  const rows = sequences.map((row) => row.slice(0, -1));
  if (transformer.encoder) return { source, target: tokenBatch(rows) };
  const mask = rows.map((row, i) =>
    row.map((_, at) => (at < source.length ? source.mask[i * source.length + at]! : 1)),
  );
  return { source: withWritingPositions(transformer, tokenBatch(rows, { mask })), target: null };
}

/** What the model is run on; `say` hears what the reader should know of it. */
function inputsOf(
  model: LoadedModel,
  { input, generate, trainedTokens }: TraceTask,
  ids: Ids | null,
  say: (notice: WireFailure) => void,
): ModelInputs {
  if (input.kind === 'ids') {
    return modelInputs(input.file, ids!, model.transformer.config, generate !== null);
  }
  const { target } = input;
  const prepared = prepareText(model, { ...input, trainedTokens });
  for (const notice of prepared.notices) say(notice);
  return {
    source: batchOf(prepared),
    target: target === null ? null : tokenBatch([targetSequence(model, target)]),
  };
}

/** @throws Failure `memory.run` before anything is computed */
function checkFits(
  { summary }: LoadedModel,
  rows: number,
  source: number,
  target: number,
  maxNewTokens: number | null,
): void {
  const longest = Math.min(
    target + (maxNewTokens ?? 0),
    summary.positions ?? Number.POSITIVE_INFINITY,
  );
  const { trace: kept, working } = bytesOfRun(summary, source, longest, { zeros: true });
  const bytes = { trace: rows * kept, working: rows * working };
  checkRunFits(bytes, Number.POSITIVE_INFINITY);
}
