import { throwIfCancelled } from '../../failure/cancellation';
import type { HeadAddress } from '../../protocol/headProfile';
import type { Effect, TourPair } from '../../protocol/studies/tour';
import { CachedSteps } from '../../transformer/cachedSteps';
import { greedy } from '../../transformer/generate/greedy';
import { noProbe } from '../../transformer/probe';
import type { RunControl } from '../../transformer/runControl';
import { batchOf } from '../prepareText';
import { softmax } from '../probabilities';
import { changedRun } from '../replay/changedRun';
import type { StudyContext } from './studyContext';
import { lastPronoun, type Reading } from './tourRead';

/**
 * What a translator makes of a sentence with some heads muted: the pronouns' probabilities where it
 * wrote one as trained, and its own output.
 * @throws Failure `run.cancelled`, `trace.noLayer`, `trace.noHead`
 */
export async function effectOf(
  context: StudyContext,
  { trace, read }: Reading,
  pair: TourPair,
  muted: readonly HeadAddress[],
): Promise<Effect> {
  const { transformer, generation, tokenizer } = context.model;
  const { signal } = context;
  const control: RunControl = { signal, afterLayer: () => context.breathe() };
  const { probe } = changedRun(trace, [{ kind: 'muted', heads: [...muted] }], noProbe);
  const source = batchOf(trace);
  const states = await transformer.encode(source, probe, control);
  const memory = { states, tokens: source };
  try {
    const ids = trace.target.map(({ id }) => id);
    let chances: readonly number[] | null = null;
    if (read.pronoun) {
      const given = new CachedSteps(
        transformer,
        transformer.startDecoding(memory, probe),
        probe,
        control,
      );
      try {
        chances = softmax(await given.begin({ rows: [ids.slice(0, read.pronoun.token)] }));
      } finally {
        given.dispose();
      }
    }
    const steps = new CachedSteps(
      transformer,
      transformer.startDecoding(memory, probe),
      probe,
      control,
    );
    try {
      const start = trace.plan.target.map(({ id }) => id);
      const task = { prompt: { rows: [start] }, maxNewTokens: trace.plan.maxNewTokens };
      const [sequence] = await greedy(steps, task, generation, () => throwIfCancelled(signal));
      const output = tokenizer.decode(sequence!.slice(start.length)).text;
      const alternatives = pronounIds(trace, read, pair);
      return {
        probabilities: [
          chanceOf(chances, alternatives[0]),
          chanceOf(chances, alternatives[1]),
        ],
        output,
        pronoun: lastPronoun(output, pair.pronouns),
      };
    } finally {
      steps.dispose();
    }
  } finally {
    states.dispose();
  }
}

const chanceOf = (chances: readonly number[] | null, id: number | undefined): number | null =>
  chances === null || id === undefined ? null : (chances[id] ?? null);

/** The tokens that either pronoun would be at the place of the one that was written; undefined: no single token. */
function pronounIds(
  { target, model }: Reading['trace'],
  { pronoun }: Reading['read'],
  { pronouns }: TourPair,
): (number | undefined)[] {
  if (!pronoun) return [];
  const { piece } = target[pronoun.token]!;
  const at = piece.lastIndexOf(pronouns[pronoun.which]);
  if (at === -1) return [];
  const [before, after] = [piece.slice(0, at), piece.slice(at + pronouns[pronoun.which].length)];
  return pronouns.map((word) => model.tokenizer.idOf(`${before}${word}${after}`));
}
