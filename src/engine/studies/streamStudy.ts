import { cosine, norm } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import { vector } from '../answerRange';
import type { Replay } from '../replay/replay';
import { checkReading } from './checkReading';
import { streamPlaces, vectorAt, type StreamPlace } from './streamPlaces';
import type { StudyContext } from './studyContext';

/** One token's vector from place to place. @throws Failure `trace.noStack`, `trace.noToken`, `trace.notRead` */
export async function streamStudy(
  context: StudyContext,
  { half, token, change }: Question<'stream'>,
): Promise<Answer<'stream'>> {
  checkReading(context.trace, half, token);
  const places = streamPlaces(context, half);
  const names = places.map(({ name }) => name);
  const trained = await context.replay([], names, { from: 0, to: change ? 0.5 : 1 });
  const changed = change ? await context.replay([change], names, { from: 0.5, to: 1 }) : null;
  return {
    places: places.map(({ place }) => place),
    asTrained: statesOf(trained, places, token),
    changed: changed && statesOf(changed, places, token),
  };
}

function statesOf(
  replay: Replay,
  places: readonly StreamPlace[],
  token: number,
): Answer<'stream'>['asTrained'] {
  const rows = places.map((place) => vectorAt(replay, place, token)); // each [d_model]
  const last = rows.at(-1)!;
  const sums = places.map(({ name }) => norm(replay.row(name, token)));
  return {
    norms: vector(Float32Array.from(rows, norm)),
    sums: places.some((place) => place.norm !== null) ? vector(Float32Array.from(sums)) : null,
    steps: vector(Float32Array.from(rows, (row, i) => cosine(row, rows[Math.max(0, i - 1)]!))),
    toLast: vector(Float32Array.from(rows, (row) => cosine(row, last))),
  };
}
