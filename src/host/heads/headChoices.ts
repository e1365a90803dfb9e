/** What *Go to Head…* offers, and how typing finds it. Pure. */
import type { Translate } from '../../language/translate';
import { shortName, stackName } from '../../navigation/names';
import { layerCount } from '../../navigation/traceState';
import type { LayerChoice, Stack } from '../../protocol/address';
import type { HeadProfile } from '../../protocol/headProfile';
import { stacksOf } from '../../protocol/stacks';
import type { Plan } from '../../protocol/trace';
import { isSameMatrix, matricesOf, type MatrixChoice } from './headNodes';
import { tellingWords } from './measures';

export interface HeadOffer {
  readonly matrix: MatrixChoice;
  readonly name: string;
  /** What the head does on this text; empty where that is not known. */
  readonly says: string;
  /** The layer it belongs to, in words. */
  readonly group: string;
}

/** Every head, with the mean and maximum of each layer and over the layers. */
export function headOffers(
  plan: Plan,
  profiles: readonly HeadProfile[],
  t: Translate,
): readonly HeadOffer[] {
  return stacksOf(plan.model.architecture).flatMap((stack) => {
    const layers = [...Array.from({ length: layerCount(plan, stack) }).keys(), 'mean' as const];
    return layers.flatMap((layer) =>
      matricesOf(plan, stack, layer).map((matrix) => {
        const profile = profiles.find((one) => isSameMatrix(one, matrix));
        return {
          matrix,
          name: shortName(matrix, t),
          says: profile === undefined ? '' : tellingWords(profile, t),
          group: layerWords(stack, layer, t),
        };
      }),
    );
  });
}

export const layerWords = (stack: Stack, layer: LayerChoice, t: Translate): string =>
  layer === 'mean'
    ? t('{stack}, mean over all layers', { stack: stackName(stack, t) })
    : t('{stack}, layer {layer}', { stack: stackName(stack, t), layer });

/** Letters and digits alone: `e2h5` shall find `E2·H5`, `e2 h5` too. */
const bare = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}.\s]/gu, '');

/** Whether every word that was typed is in the name, the layer or what the head does. */
export function matches({ name, says, group }: HeadOffer, typed: string): boolean {
  const text = bare(`${name} ${says} ${group}`);
  return bare(typed)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
