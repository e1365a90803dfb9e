/** How a model is to write so that it takes another way at a step. Pure. */
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { plainWriting, type Writing } from '../../src/protocol/writing';

/** Tokens of an output that was let go on without the reader having said how long. */
export const FIRST_TOKENS = 40;

/** What the button writes under a text that the model has only read. */
export const firstWriting: Writing = { ...plainWriting, maxNewTokens: FIRST_TOKENS };

const forked = (snapshot: TraceSnapshot, step: number, begin: Writing['begin']): Writing => ({
  ...(snapshot.plan?.writing ?? plainWriting),
  begin: { ...begin, ids: [...idsBefore(snapshot, step), ...begin.ids] },
  further: true,
});

const idsBefore = ({ written }: TraceSnapshot, step: number): number[] =>
  written.slice(0, step).map(({ token }) => token.id);

/** The same tokens up to a step, then this one, then what the model makes of it. */
export const forkedAtToken = (snapshot: TraceSnapshot, step: number, id: number): Writing =>
  forked(snapshot, step, { ids: [id], text: null });

/** The same with a text in place of the token. */
export const forkedAtText = (snapshot: TraceSnapshot, step: number, text: string): Writing =>
  forked(snapshot, step, { ids: [], text });
