import type { Answer } from '../../protocol/queries';
import type { Half } from '../../protocol/address';
import type { Norm } from '../../transformer/normalization';
import type { HookName } from '../../transformer/probe';
import { blockName } from '../replay/hookNaming';
import type { Replay } from '../replay/replay';
import { normedRow } from './normedRow';
import type { StudyContext } from './studyContext';

type Place = Answer<'stream'>['places'][number];

/** Where a token's vector is looked at. */
export interface StreamPlace {
  readonly place: Place;
  /** Hook of the sum there. */
  readonly name: HookName;
  /** What the sum still goes through before anything reads it (post-norm blocks). */
  readonly norm: Norm | null;
}

/** The embedding, then each sub-layer's sum. Sub-layers that are added at once have one. */
export function streamPlaces({ trace, model }: StudyContext, half: Half): StreamPlace[] {
  const { architecture } = trace;
  const { normPlacement } = model.stackConfig(half)!;
  const { blocks } = model.transformer[half]!.parts;
  const post = normPlacement === 'post';
  const places: StreamPlace[] = [
    {
      place: { layer: null, after: 'embedding' },
      name: `${blockName(architecture, half, 0)}.resid_pre`,
      norm: null,
    },
  ];
  for (const [layer, { parts }] of blocks.entries()) {
    const { self, cross, feedForwardNorm } = parts;
    const add = (after: Place['after'], point: string, norm: Norm | null): void => {
      const name = `${blockName(architecture, half, layer)}.${point}`;
      places.push({ place: { layer, after }, name, norm: post ? norm : null });
    };
    if (normPlacement !== 'parallel') add('attention', 'resid_mid', self.norm);
    if (cross) add('cross', 'resid_mid_cross', cross.norm);
    add('feedForward', 'resid_post', feedForwardNorm);
  }
  return places;
}

/** A token's vector as it goes on from a place, `[d_model]`. */
export function vectorAt(replay: Replay, { name, norm }: StreamPlace, token: number): Float32Array {
  const sum = replay.row(name, token);
  return norm ? normedRow(norm, sum) : sum;
}
