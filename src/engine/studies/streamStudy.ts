import { cosine, norm } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import type { Half } from '../../protocol/studies/stream';
import type { HookName } from '../../transformer/probe';
import { vector } from '../answerRange';
import { blockName } from '../replay/hookNaming';
import { passLength } from '../replay/replayRun';
import type { Replay } from '../replay/replay';
import { checkHalf } from './checkHalf';
import { checkToken } from '../traceTokens';
import type { StudyContext } from './studyContext';

type Place = Answer<'stream'>['places'][number];

/** One token's vector from place to place. @throws Failure `trace.noStack`, `trace.noToken` */
export async function streamStudy(
  context: StudyContext,
  { half, token, change }: Question<'stream'>,
): Promise<Answer<'stream'>> {
  const { trace } = context;
  checkHalf(trace, half);
  const length = passLength(trace);
  const reads = half === 'decoder' && trace.architecture === 'encoderDecoder';
  checkToken(token, reads ? length.target : length.source);
  const places = placesOf(context, half);
  const names = places.map(({ name }) => name);
  const trained = await context.replay([], names, { from: 0, to: change ? 0.5 : 1 });
  const changed = change ? await context.replay([change], names, { from: 0.5, to: 1 }) : null;
  return {
    places: places.map(({ place }) => place),
    asTrained: statesOf(trained, names, token),
    changed: changed && statesOf(changed, names, token),
  };
}

/** Where the vector is looked at: after each sum, or, in post-norm blocks, as it leaves the block. */
function placesOf(
  { trace, model }: StudyContext,
  half: Half,
): { readonly place: Place; readonly name: HookName }[] {
  const config = model.stackConfig(half)!;
  const { architecture } = trace;
  const placeIn = (layer: number, after: Place['after'], point: string) => ({
    place: { layer, after },
    name: `${blockName(architecture, half, layer)}.${point}`,
  });
  const places = [
    {
      place: { layer: null, after: 'embedding' as const },
      name: `${blockName(architecture, half, 0)}.resid_pre`,
    },
  ] as { readonly place: Place; readonly name: HookName }[];
  const last = config.normPlacement === 'post' ? 'normalized_resid_post' : 'resid_post';
  for (let layer = 0; layer < config.layers; layer++) {
    if (config.normPlacement !== 'parallel') places.push(placeIn(layer, 'attention', 'resid_mid'));
    if (half === 'decoder' && architecture === 'encoderDecoder')
      places.push(placeIn(layer, 'cross', 'resid_mid_cross'));
    places.push(placeIn(layer, 'feedForward', last));
  }
  return places;
}

function statesOf(
  replay: Replay,
  names: readonly HookName[],
  token: number,
): Answer<'stream'>['asTrained'] {
  const rows = names.map((name) => replay.row(name, token)); // each [d_model]
  const last = rows.at(-1)!;
  return {
    norms: vector(Float32Array.from(rows, norm)),
    steps: vector(Float32Array.from(rows, (row, i) => cosine(row, rows[Math.max(0, i - 1)]!))),
    toLast: vector(Float32Array.from(rows, (row) => cosine(row, last))),
  };
}
