import type { LoadedModel } from '../engine/loadedModel';
import { checkRunFits, kernelKind } from '../engine/memoryGuard';
import type { PreparedText } from '../engine/prepareText';
import { bytesOfRun, bytesOfWriting } from '../engine/runBytes';
import { DEFAULT_NEW_TOKENS } from '../engine/writing/writingTask';
import { asOneLine } from '../scoring/sentenceLines';
import { tokenBatch, type TokenBatch } from '../transformer/sequence';
import { generateSequences } from './generateSequences';

/** What a model made of sentences. */
export interface Translation {
  /** One for each sentence; an empty one for what is empty. */
  readonly lines: readonly string[];
  /** Tokens written. */
  readonly tokens: number;
  /** Sentences that were stopped because they did not end by themselves. */
  readonly cutOff: number;
}

/**
 * Rows that are computed together. Weights are read from memory once for all of them: 16 sentences of
 * one length take about a third of the time they take one after another; more gain nothing.
 */
const ROWS = 16;
/** Longer texts keep the processor busy by themselves, and would only take memory together. */
const TOKENS_TOGETHER = 1_024;

/**
 * Lets a model translate sentences (or, a decoder, continue them). Those of one length go together
 * where that changes no bit: our own kernels compute each row by itself.
 * @param beams 1: greedy
 * @param onDone hears how many are done
 * @throws Failure `memory.run`, `model.notNumbers`, `generation.*`
 */
export async function translateSentences(
  model: LoadedModel,
  sentences: readonly (PreparedText | null)[],
  beams: number,
  onDone: (done: number) => void,
): Promise<Translation> {
  const lines = sentences.map(() => '');
  let [tokens, cutOff, done] = [0, 0, sentences.filter((one) => one === null).length];
  for (const group of groupsOf(sentences, beams)) {
    const batch = batchOf(group.map((i) => sentences[i]!));
    checkFits(model, batch, beams);
    const writing = { maxNewTokens: DEFAULT_NEW_TOKENS, beams: beams === 1 ? null : beams };
    const { sequences } = await generateSequences(model, batch, null, writing);
    const promptLength = model.transformer.encoder ? 1 : batch.length;
    for (const [row, i] of group.entries()) {
      const { ids, ended } = untilEnd(model, sequences[row]!.slice(promptLength));
      lines[i] = asOneLine(model.tokenizer.decode(ids).text);
      tokens += ids.length;
      if (!ended) cutOff++;
    }
    done += group.length;
    onDone(done);
  }
  return { lines, tokens, cutOff };
}

/** Indices of sentences that go together: of one length each. */
function groupsOf(sentences: readonly (PreparedText | null)[], beams: number): number[][] {
  const byLength = new Map<number, number[][]>();
  for (const [i, sentence] of sentences.entries()) {
    if (!sentence) continue;
    const { length } = sentence.source;
    const groups = byLength.get(length) ?? [];
    byLength.set(length, groups);
    const last = groups.at(-1);
    if (last && last.length < most(length, beams)) last.push(i);
    else groups.push([i]);
  }
  return [...byLength.values()].flat();
}

const most = (length: number, beams: number): number =>
  kernelKind() === 'own' ? Math.min(ROWS / beams, TOKENS_TOGETHER / length) : 1;

function batchOf(sentences: readonly PreparedText[]): TokenBatch {
  const types = sentences.flatMap(({ typeIds }) => (typeIds ? [typeIds] : []));
  const ids = sentences.map(({ source }) => source.map(({ id }) => id));
  return tokenBatch(ids, { types: types.length > 0 ? types : undefined });
}

function checkFits({ summary }: LoadedModel, { batch, length }: TokenBatch, beams: number): void {
  const reading = batch * bytesOfRun(summary, length, 0).working;
  const writing = bytesOfWriting(summary, length, DEFAULT_NEW_TOKENS, batch * beams);
  checkRunFits({ trace: 0, working: reading + writing }, Number.POSITIVE_INFINITY);
}

/** What was written before other rows went on alone: the token that ends it included. */
function untilEnd(
  { generation }: LoadedModel,
  written: readonly number[],
): { readonly ids: readonly number[]; readonly ended: boolean } {
  const end = written.findIndex((id) => generation.endTokens.includes(id));
  return end < 0 ? { ids: written, ended: false } : { ids: written.slice(0, end + 1), ended: true };
}
