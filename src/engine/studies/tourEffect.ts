import { throwIfCancelled } from '../../failure/cancellation';
import type { HeadAddress } from '../../protocol/headProfile';
import type { Effect, TourPair } from '../../protocol/studies/tour';
import { CachedSteps } from '../../transformer/cachedSteps';
import type { EncoderMemory } from '../../transformer/decoding';
import { greedy } from '../../transformer/generate/greedy';
import { noProbe, type Probe } from '../../transformer/probe';
import type { RunControl } from '../../transformer/runControl';
import { batchOf } from '../prepareText';
import { softmax } from '../probabilities';
import { changedRun } from '../replay/changedRun';
import type { StudyContext } from './studyContext';
import type { Reading } from './tourRead';
import { laterWord } from './tourWords';

/**
 * What a translator makes of a sentence with some heads muted: the pronouns' probabilities where it
 * wrote one as trained, and its own output.
 * @throws Failure `run.cancelled`, `trace.noLayer`, `trace.noHead`; no tensor is left behind
 */
export async function effectOf(
  context: StudyContext,
  reading: Reading,
  { pronouns }: TourPair,
  muted: readonly HeadAddress[],
): Promise<Effect> {
  const { trace, pronoun } = reading;
  const { transformer, generation, tokenizer } = context.model;
  const { signal, breathe } = context;
  const control: RunControl = { signal, afterLayer: breathe };
  const { probe } = changedRun(trace, [{ kind: 'muted', heads: [...muted] }], noProbe);
  const source = batchOf(trace);
  const states = await transformer.encode(source, probe, control);
  const decode = <T>(work: (steps: CachedSteps) => Promise<T>): Promise<T> =>
    withSteps(context, { states, tokens: source }, probe, control, work);
  try {
    const target = trace.target.map(({ id }) => id);
    const chances =
      pronoun === null
        ? null
        : softmax(await decode((steps) => steps.begin({ rows: [target.slice(0, pronoun)] })));
    const start = trace.plan.target.map(({ id }) => id);
    const task = { prompt: { rows: [start] }, maxNewTokens: trace.plan.maxNewTokens };
    const [sequence] = await decode((steps) =>
      greedy(steps, task, generation, () => throwIfCancelled(signal)),
    );
    const output = tokenizer.decode(sequence!.slice(start.length)).text;
    const [one, other] = pronounIds(reading, pronouns);
    return {
      probabilities: [chanceOf(chances, one), chanceOf(chances, other)],
      output,
      pronoun: laterWord(output, pronouns),
    };
  } finally {
    states.dispose();
  }
}

/** A decoding of its own for some work. */
async function withSteps<T>(
  { model: { transformer } }: StudyContext,
  memory: EncoderMemory,
  probe: Probe,
  control: RunControl,
  work: (steps: CachedSteps) => Promise<T>,
): Promise<T> {
  const decoding = transformer.startDecoding(memory, probe);
  const steps = new CachedSteps(transformer, decoding, probe, control);
  try {
    return await work(steps);
  } finally {
    steps.dispose();
  }
}

const chanceOf = (chances: readonly number[] | null, id: number | null): number | null =>
  chances === null || id === null ? null : (chances[id] ?? null);

/** The tokens that the pronouns are at the place of the one that was written; null: no single token. */
function pronounIds(
  { trace, pronoun, which }: Reading,
  pronouns: TourPair['pronouns'],
): [number | null, number | null] {
  if (pronoun === null || which === null) return [null, null];
  const { piece } = trace.target[pronoun]!;
  const at = piece.toLowerCase().lastIndexOf(pronouns[which].toLowerCase());
  if (at === -1) return [null, null];
  // What else is in the piece stays: the mark of a word's beginning, an elided “qu'”.
  const [before, after] = [piece.slice(0, at), piece.slice(at + pronouns[which].length)];
  const idOf = (word: string): number | null =>
    trace.model.tokenizer.idOf(`${before}${word}${after}`) ?? null;
  return [idOf(pronouns[0]), idOf(pronouns[1])];
}
