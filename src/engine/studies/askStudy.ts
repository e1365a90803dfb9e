import type { Cancellation } from '../../failure/cancellation';
import type { StudyQuery } from '../../protocol/queries';
import type { Emit } from '../outbox';
import type { Trace } from '../trace';
import { wholePercents } from '../wholePercents';
import { study } from './study';
import { StudyContext } from './studyContext';

/** A study that was asked for. */
export interface AskedStudy {
  readonly request: number;
  readonly query: StudyQuery;
  /** The trace it is about. @throws Failure `trace.gone` */
  trace(): Trace;
  readonly emit: Emit;
  breathe(): Promise<void>;
}

/** Makes a study, says how far it is, and answers. @throws Failure, `run.cancelled` among them */
export async function askStudy(
  { request, query, trace, emit, breathe }: AskedStudy,
  signal: Cancellation,
): Promise<void> {
  const progress = wholePercents((fraction) => emit({ type: 'progress', request, fraction }));
  const say = (fraction: number): void => progress(fraction, 1);
  const value = await study(new StudyContext(trace(), signal, say, breathe), query);
  emit({ type: 'answer', request, value });
}
