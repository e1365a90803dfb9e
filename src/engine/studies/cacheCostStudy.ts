/** Steps of a decoder computed twice: with what is kept of the tokens before, and from nothing. */
import { largestDifference } from '../../analysis/vectors';
import { throwIfCancelled } from '../../failure/cancellation';
import type { Answer, Question } from '../../protocol/queries';
import type { Decoding, EncoderMemory } from '../../transformer/decoding';
import { noProbe } from '../../transformer/probe';
import type { RunControl } from '../../transformer/runControl';
import { tokenBatch } from '../../transformer/sequence';
import type { LoadedModel } from '../loadedModel';
import { checkRunFits } from '../memoryGuard';
import { batchOf } from '../prepareText';
import { bytesOfRun } from '../runBytes';
import { checkWrites } from '../writing/checkWrites';
import { bytesDigest } from './bytesDigest';
import { decoderReading, spreadSteps, type DecoderReading } from './decoderReading';
import { Stopwatch } from './stopwatch';
import type { StudyContext } from './studyContext';

/** What else the machine does only adds to a time: the shortest of some is the step's own. */
const REPEATS = 3;
/** What takes so long is hardly longer for what goes on beside it. */
const LONG_MS = 200;

type CacheCost = Answer<'cacheCost'>;
type Step = CacheCost['steps'][number];

/** @throws Failure `writing.noOutput`, `memory.run`, `run.cancelled`; no tensor is left behind */
export async function cacheCostStudy(
  context: StudyContext,
  { steps }: Question<'cacheCost'>,
): Promise<CacheCost> {
  const { trace, model, signal, breathe } = context;
  const { transformer, summary } = model;
  checkWrites(summary);
  const reading = decoderReading(trace);
  checkFits(model, trace.source.length, reading.ids.length);
  const watch = new Stopwatch();
  const control = { signal, afterLayer: () => watch.wait(breathe) };
  throwIfCancelled(signal);
  const source = transformer.encoder ? batchOf(trace) : null;
  const memory = source && {
    states: await transformer.encode(source, noProbe, control),
    tokens: source,
  };
  try {
    const bench = new CacheBench(model, memory, control, watch);
    return await bench.measure(reading, steps, context.progress);
  } finally {
    memory?.states.dispose();
  }
}

/** @throws Failure `memory.run` before anything is computed */
function checkFits({ summary }: LoadedModel, source: number, read: number): void {
  const both = summary.architecture === 'encoderDecoder';
  const encoder = both ? bytesOfRun(summary, source, read).working : 0;
  // The decoder reads all tokens at once; where it looks at the source, too, the larger one is counted.
  const alone = { ...summary, architecture: 'decoder' } as const;
  const decoder = bytesOfRun(alone, both ? Math.max(source, read) : read, 0).working;
  // And what is kept beside it, which is the smaller part of either.
  checkRunFits({ trace: 0, working: encoder + 2 * decoder }, 0);
}

class CacheBench {
  constructor(
    private readonly model: LoadedModel,
    private readonly memory: EncoderMemory | null,
    private readonly control: RunControl,
    private readonly watch: Stopwatch,
  ) {}

  async measure(
    reading: DecoderReading,
    most: number,
    progress: (fraction: number) => void,
  ): Promise<CacheCost> {
    await this.warmUp(reading);
    const { value: kept, milliseconds } = await this.watch.measure(() => this.begin());
    try {
      const before = await this.crossDigest(kept);
      const steps: Step[] = [];
      const chosen = spreadSteps(reading.steps, most);
      for (const step of chosen) {
        throwIfCancelled(this.control.signal);
        // Neither has the other's caches to its advantage more often.
        steps.push(await this.step(kept, reading, step, steps.length % 2 === 0));
        progress(steps.length / chosen.length);
      }
      const cross = kept.crossKeysValues;
      return {
        steps,
        bytesPerToken: kept.bytes / kept.length,
        cross: cross && {
          bytes: cross.reduce((sum, { bytes }) => sum + bytes, 0),
          milliseconds,
          unchanged: (await this.crossDigest(kept)) === before,
        },
      };
    } finally {
      kept.dispose();
    }
  }

  /** What is used first costs more: kernels are made ready, the heap grows, weights are packed. */
  private async warmUp({ ids }: DecoderReading): Promise<void> {
    await this.anew(ids);
    const decoding = await this.begin();
    try {
      if (ids.length > 1) await this.decode(decoding, ids.slice(0, -1));
      await this.decode(decoding, ids.slice(-1));
    } finally {
      decoding.dispose();
    }
  }

  /** One step both ways; tokens that were read since the step before are fed first, and not measured. */
  private async step(
    kept: Decoding,
    { ids, first }: DecoderReading,
    step: number,
    keptFirst: boolean,
  ): Promise<Step> {
    const context = first + step;
    const known = step === 0 ? 0 : context - 1;
    if (kept.length < known) await this.feed(kept, ids.slice(kept.length, known));
    const withCache = () => {
      kept.truncate(known);
      return this.watch.measure(() => this.decode(kept, ids.slice(known, context)));
    };
    const without = () => this.watch.measure(() => this.anew(ids.slice(0, context)));
    const measured: Step = { step, context, cached: Infinity, uncached: Infinity, difference: 0 };
    for (let times = 0; times < REPEATS; times++) {
      const early = keptFirst ? await withCache() : null;
      const fresh = await without();
      const cached = early ?? (await withCache());
      measured.cached = Math.min(measured.cached, cached.milliseconds);
      measured.uncached = Math.min(measured.uncached, fresh.milliseconds);
      const difference = largestDifference(cached.value, fresh.value);
      measured.difference = Math.max(measured.difference, difference);
      if (fresh.milliseconds > LONG_MS) break;
    }
    return measured;
  }

  /** Keys and values of the encoder's output are there when this is done. */
  private async begin(): Promise<Decoding> {
    const decoding = this.model.transformer.startDecoding(this.memory);
    try {
      await decoding.crossKeysValues?.at(-1)?.tensors.at(-1)?.data();
      return decoding;
    } catch (error) {
      decoding.dispose();
      throw error;
    }
  }

  /** Logits `[vocabulary]` of what follows some tokens, of which nothing is known but the encoder's output. */
  private async anew(ids: readonly number[]): Promise<Float32Array> {
    const decoding = this.model.transformer.startDecoding(this.memory);
    try {
      return await this.decode(decoding, ids);
    } finally {
      decoding.dispose();
    }
  }

  /** Logits `[vocabulary]` of what follows further tokens. */
  private async decode(decoding: Decoding, ids: readonly number[]): Promise<Float32Array> {
    const { transformer } = this.model;
    const logits = await transformer.decode(decoding, tokenBatch([ids]), noProbe, this.control);
    try {
      return await logits.data<'float32'>();
    } finally {
      logits.dispose();
    }
  }

  /** Has a decoding read further tokens. */
  private async feed(decoding: Decoding, ids: readonly number[]): Promise<void> {
    const states = await decoding.run(tokenBatch([ids]), noProbe, this.control);
    states.dispose();
  }

  private crossDigest({ crossKeysValues }: Decoding): Promise<string> {
    return bytesDigest((crossKeysValues ?? []).flatMap(({ tensors }) => tensors));
  }
}
