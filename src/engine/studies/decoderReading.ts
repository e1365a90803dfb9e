import type { Trace } from '../trace';

/** What the decoder of a trace reads, as steps that write a token each. */
export interface DecoderReading {
  /** All tokens that it reads. */
  readonly ids: readonly number[];
  /** How many of them the first step reads; each later one reads another. */
  readonly first: number;
  readonly steps: number;
}

/**
 * The prompt (the start token, or the text of a model that is but a decoder), then what was written
 * but for the last token, which nothing reads. Where nothing was written, the text itself, as if all
 * tokens after its first had been.
 */
export function decoderReading({ architecture, plan, written }: Trace): DecoderReading {
  const prompt = architecture === 'decoder' ? plan.source : plan.target;
  const tokens = [...prompt, ...written.slice(0, -1).map(({ token }) => token)];
  const first = written.length > 0 ? prompt.length : 1;
  return { ids: tokens.map(({ id }) => id), first, steps: tokens.length - first + 1 };
}

/** At most `most` of `count` steps, evenly spread, the last and (of two or more) the first among them. */
export function spreadSteps(count: number, most: number): number[] {
  if (most >= count) return Array.from({ length: count }, (_, step) => step);
  if (most === 1) return [count - 1];
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}
