/** Hook names of a model by what views call its parts. */
import type { Half, Stack } from '../../protocol/address';
import { halfOf } from '../../protocol/stacks';
import type { Architecture } from '../../protocol/trace';
import type { HookName } from '../../transformer/probe';

/** `encoder.`, `decoder.`, or nothing where a model has but one stack. */
export const prefixOf = (architecture: Architecture, half: Half): HookName =>
  architecture === 'encoderDecoder' ? `${half}.` : '';

/** `decoder.blocks.2` */
export const blockName = (architecture: Architecture, half: Half, layer: number): HookName =>
  `${prefixOf(architecture, half)}blocks.${layer}`;

/** `decoder.blocks.2.cross_attn` */
export const attentionName = (architecture: Architecture, stack: Stack, layer: number): HookName =>
  `${blockName(architecture, halfOf(stack), layer)}.${stack === 'cross' ? 'cross_attn' : 'attn'}`;
