import { cosine, norm } from '../../analysis/vectors';
import type { Answer, Question } from '../../protocol/queries';
import type { HookName } from '../../transformer/probe';
import { blockName, prefixOf } from '../replay/hookNaming';
import type { Replay } from '../replay/replay';
import { checkReading } from './checkReading';
import { streamPlaces, vectorAt, type StreamPlace } from './streamPlaces';
import type { StudyContext } from './studyContext';

type SubLayer = Answer<'pathNorms'>['layers'][number][number];

/** What a sub-layer adds, and what it reads after a norm of its own. */
const HOOKS = {
  attention: { adds: 'attn_out', reads: 'ln1' },
  cross: { adds: 'cross_attn_out', reads: 'ln_cross' },
  feedForward: { adds: 'mlp_out', reads: 'ln2' },
} as const;

/** Lengths of one token's vector, box by box. @throws Failure `trace.noStack`, `trace.noToken`, `trace.notRead` */
export async function pathNormsStudy(
  context: StudyContext,
  { half, token }: Question<'pathNorms'>,
): Promise<Answer<'pathNorms'>> {
  checkReading(context.trace, half, token);
  const { trace, model } = context;
  const { architecture } = trace;
  const { normPlacement, layers } = model.stackConfig(half)!;
  const { embedding } = model.structure[half]!;
  const prefix = prefixOf(architecture, half);
  const [first, ...sums] = streamPlaces(context, half);
  const hook = (layer: number, point: string): HookName =>
    `${blockName(architecture, half, layer)}.${point}`;
  const subLayers: readonly SubLayer['name'][] =
    half === 'decoder' && architecture === 'encoderDecoder'
      ? ['attention', 'cross', 'feedForward']
      : ['attention', 'feedForward'];
  const all = Array.from({ length: layers }, (_, layer) => layer);
  const added = { positions: `${prefix}pos_embed`, types: `${prefix}type_embed` };
  const names = [
    `${prefix}embed`,
    ...(embedding.positions === null ? [] : [added.positions]),
    ...(embedding.types === 0 ? [] : [added.types]),
    ...[first!, ...sums].map(({ name }) => name),
    ...all.flatMap((layer) =>
      subLayers.flatMap((name) => [
        hook(layer, HOOKS[name].adds),
        ...(normPlacement === 'post' ? [] : [hook(layer, HOOKS[name].reads)]),
      ]),
    ),
    `${prefix}ln_final`,
  ];
  const replay = await context.replay([], names);
  const length = (name: HookName): number => norm(replay.row(name, token));
  const stream = new Stream(replay, first!, token);
  return {
    embedding: {
      token: length(`${prefix}embed`),
      positions: embedding.positions === null ? null : length(added.positions),
      types: embedding.types === 0 ? null : length(added.types),
      leaves: norm(stream.vector),
    },
    layers: all.map((layer) => {
      const own = sums.filter(({ place }) => place.layer === layer);
      return subLayers.map((name): SubLayer => {
        const { vector } = stream;
        const adds = replay.row(hook(layer, HOOKS[name].adds), token);
        const reads =
          normPlacement === 'post' ? norm(vector) : length(hook(layer, HOOKS[name].reads));
        const place = own.find(({ place: { after } }) => after === name);
        if (place) stream.goTo(place);
        return {
          name,
          enters: norm(vector),
          reads,
          adds: norm(adds),
          cosine: cosine(adds, vector),
          sum: place ? length(place.name) : null,
          leaves: place ? norm(stream.vector) : null,
        };
      });
    }),
    leaves: length(`${prefix}ln_final`),
  };
}

/** A token's vector on its way. */
class Stream {
  vector: Float32Array;

  constructor(
    private readonly replay: Replay,
    first: StreamPlace,
    private readonly token: number,
  ) {
    this.vector = vectorAt(replay, first, token);
  }

  goTo(place: StreamPlace): void {
    this.vector = vectorAt(this.replay, place, this.token);
  }
}
