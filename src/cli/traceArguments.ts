import path from 'node:path';
import { Failure } from '../failure/failure';
import type { RowAddress, Stack } from '../protocol/address';
import {
  FASTEST,
  kernelChoiceSchema,
  MOST_THREADS,
  type Computation,
} from '../protocol/engineOptions';
import { previewChoiceSchema, type PreviewChoice } from '../protocol/preview';
import {
  readNumber,
  readNumberOrWord,
  readOptions,
  readWord,
  refuseAlone,
  refuseTogether,
  type Options,
} from './arguments';
import { builtInModel, trainedTokens } from './builtInModel';

/** What `trace` shall do, checked as far as that goes without a model. */
export interface TraceTask {
  /** Path of the model folder. */
  readonly model: string;
  /** Longest text it was trained on, if known: beyond it a notice is due. */
  readonly trainedTokens: number | null;
  readonly input: IdsInput | TextInput;
  readonly generate: number | null;
  /** Null: greedy. */
  readonly beams: number | null;
  /** Null: a readable table on standard output. */
  readonly out: OutputTask | null;
  /** The row to print as CSV; null: the table. */
  readonly row: RowRequest | null;
  readonly table: TableTask;
  readonly computation: Computation;
  /** Whether 8-bit weights read the text first, to tell how far they are off. */
  readonly preview: PreviewChoice;
}

/** A row whose stack is the model's first where none was named. */
export type RowRequest = Omit<RowAddress, 'stack'> & { readonly stack: Stack | null };

interface IdsInput {
  readonly kind: 'ids';
  readonly file: string;
}

interface TextInput {
  readonly kind: 'text';
  readonly text: string;
  /** The second text of a pair, or null. */
  readonly pair: string | null;
  readonly language: string | null;
  /** What the decoder is given; null: what the model itself writes. */
  readonly target: string | null;
}

interface OutputTask {
  readonly file: string;
  /** Names as given, not yet held against a model. */
  readonly capture: readonly string[];
}

/** Which links the table shows. */
export interface TableTask {
  readonly layer: number | 'mean';
  readonly head: number | 'mean' | 'max';
  /** Links a token. */
  readonly top: number;
}

const OPTIONS = {
  model: 'text',
  text: 'text',
  pair: 'text',
  ids: 'text',
  lang: 'text',
  target: 'text',
  generate: 'text',
  beams: 'text',
  capture: 'text',
  out: 'text',
  layer: 'text',
  head: 'text',
  top: 'text',
  row: 'text',
  stack: 'text',
  direction: 'text',
  'hide-specials': 'flag',
  unit: 'text',
  threads: 'text',
  kernels: 'text',
  'no-relaxed-simd': 'flag',
  'no-shared-memory': 'flag',
  preview: 'text',
} as const;

const DEFAULT_CAPTURE = 'attentions,logits';
/** No model writes more: positions end long before. */
const MAX_NEW_TOKENS = 1_000_000;
/** Each beam is a row of its own in every product; wider searches find no better text. */
const MAX_BEAMS = 64;
const DEFAULT_TOP = 3;
const MAX_TOP = 1_000;
/** No text has more tokens: positions end long before. */
const MAX_TOKEN = 1_000_000;

/** @throws Failure `cli.*` */
export function readTraceTask(args: readonly string[], dist: string): TraceTask {
  const given = readOptions('trace', args, OPTIONS);
  const { text, ids, out } = given;
  refuseTogether(given, [
    ['text', 'ids'],
    ['ids', 'lang'],
    ['ids', 'target'],
    ['ids', 'pair'],
    ['generate', 'target'],
    ['out', 'layer'],
    ['out', 'head'],
    ['out', 'top'],
    ['out', 'row'],
    ['ids', 'row'],
    ['row', 'top'],
    ['out', 'preview'],
    ['target', 'preview'],
    ['beams', 'preview'],
  ]);
  refuseAlone(given, [
    ['beams', 'generate'],
    ['ids', 'out'],
    ['capture', 'out'],
    ['stack', 'row'],
    ['direction', 'row'],
    ['hide-specials', 'row'],
    ['unit', 'row'],
  ]);
  let input: TraceTask['input'];
  if (ids !== undefined) input = { kind: 'ids', file: ids };
  else if (text !== undefined) {
    const { pair = null, lang: language = null, target = null } = given;
    input = { kind: 'text', text, pair, language, target };
  } else throw new Failure('cli.oneOf', { option: '--text', other: '--ids' });
  const capture = (given.capture ?? DEFAULT_CAPTURE).split(',').map((name) => name.trim());
  const layer = readNumberOrWord('--layer', given.layer, ['mean'], 'mean');
  const head = readNumberOrWord('--head', given.head, ['mean', 'max'], 'mean');
  const model = path.resolve(given.model ?? builtInModel(dist));
  return {
    model,
    trainedTokens: trainedTokens(model, dist),
    input,
    generate: readNumber('--generate', given.generate, 1, MAX_NEW_TOKENS) ?? null,
    beams: readNumber('--beams', given.beams, 1, MAX_BEAMS) ?? null,
    out: out === undefined ? null : { file: out, capture },
    row: readRow(given, layer, head),
    table: { layer, head, top: readNumber('--top', given.top, 1, MAX_TOP) ?? DEFAULT_TOP },
    computation: readComputation(given),
    preview: readWord('--preview', given.preview, previewChoiceSchema.options, 'off'),
  };
}

/** How WebAssembly shall compute: as fast as it can, but for what was given. */
const readComputation = (given: Options<typeof OPTIONS>): Computation => ({
  kernels: readWord('--kernels', given.kernels, kernelChoiceSchema.options, FASTEST.kernels),
  threads: readNumber('--threads', given.threads, 1, MOST_THREADS) ?? FASTEST.threads,
  relaxedSimd: given['no-relaxed-simd'] === undefined,
  sharedMemory: given['no-shared-memory'] === undefined,
});

/** Which row of which matrix, as the panel would ask for it. */
function readRow(
  given: Options<typeof OPTIONS>,
  layer: TableTask['layer'],
  head: TableTask['head'],
): RowRequest | null {
  const token = readNumber('--row', given.row, 0, MAX_TOKEN);
  if (token === undefined) return null;
  // Head 3 of one layer has nothing to do with head 3 of another: the panel shows no mean of them.
  if (layer === 'mean' && typeof head === 'number')
    throw new Failure('cli.needs', { option: `--head ${head}`, other: '--layer N' });
  const stacks = ['encoder', 'decoder', 'cross'] as const;
  const stack =
    given.stack === undefined ? null : readWord('--stack', given.stack, stacks, 'encoder');
  const words = ['looks-at', 'looked-at'] as const;
  const direction = readWord('--direction', given.direction, words, 'looks-at');
  return {
    stack,
    layer,
    head,
    hideSpecials: given['hide-specials'] ?? false,
    unit: readWord('--unit', given.unit, ['token', 'word'] as const, 'token'),
    direction: direction === 'looks-at' ? 'looksAt' : 'lookedAt',
    token,
  };
}
