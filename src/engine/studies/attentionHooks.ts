import type { Stack } from '../../protocol/address';
import { halfOf } from '../../protocol/stacks';
import type { StackConfig } from '../../transformer/config';
import type { HookName } from '../../transformer/probe';
import type { Architecture } from '../../protocol/trace';
import { attentionName, blockName, prefixOf } from '../replay/hookNaming';

/** Where the values of one attention sub-layer are seen. */
export interface AttentionHooks {
  /** What W_Q reads; null: the norm of `stream`, at which there is no hook. */
  readonly x: HookName | null;
  /** What W_K and W_V read in cross-attention; null: the same as W_Q. */
  readonly memory: HookName | null;
  /** The stream before the sub-layer. */
  readonly stream: HookName;
  readonly query: HookName;
  readonly turnedQuery: HookName | null;
  readonly key: HookName;
  readonly turnedKey: HookName | null;
  readonly value: HookName;
  readonly scores: HookName;
  readonly pattern: HookName;
  readonly z: HookName;
  /** What the sub-layer adds. */
  readonly output: HookName;
  /** What is added to the same sum beside it; null: nothing. */
  readonly feedForward: HookName | null;
  readonly sum: HookName;
  /** Embedding and position of a first layer that reads their sum as it is; else null. */
  readonly embedding: readonly HookName[] | null;
  readonly position: HookName | null;
}

export function attentionHooks(
  architecture: Architecture,
  config: StackConfig,
  { stack, layer }: { readonly stack: Stack; readonly layer: number },
  readsSum: boolean,
): AttentionHooks {
  const name = attentionName(architecture, stack, layer);
  const half = halfOf(stack);
  const prefix = prefixOf(architecture, half);
  const at = (point: string): HookName => `${blockName(architecture, half, layer)}.${point}`;
  const cross = stack === 'cross';
  const { normPlacement, positions } = config;
  const turned = positions.kind === 'rotary' && !cross;
  const normed = cross ? 'ln_cross' : 'ln1';
  const types = config.embedding.types > 0 ? [`${prefix}type_embed`] : [];
  return {
    x: normPlacement !== 'post' ? at(normed) : cross ? null : at('resid_pre'),
    memory: cross ? `${prefixOf(architecture, 'encoder')}ln_final` : null,
    stream: at(cross ? 'resid_mid' : 'resid_pre'),
    query: `${name}.hook_q`,
    turnedQuery: turned ? `${name}.hook_rot_q` : null,
    key: `${name}.hook_k`,
    turnedKey: turned ? `${name}.hook_rot_k` : null,
    value: `${name}.hook_v`,
    scores: `${name}.scores`,
    pattern: `${name}.pattern`,
    z: `${name}.z`,
    output: at(cross ? 'cross_attn_out' : 'attn_out'),
    feedForward: normPlacement === 'parallel' ? at('mlp_out') : null,
    sum: at(cross ? 'resid_mid_cross' : normPlacement === 'parallel' ? 'resid_post' : 'resid_mid'),
    embedding: readsSum ? [`${prefix}embed`, ...types] : null,
    position: readsSum ? `${prefix}pos_embed` : null,
  };
}

/** All of them, to ask a replay for. */
export const namesOf = (hooks: AttentionHooks): HookName[] =>
  Object.values(hooks)
    .flat()
    .filter((name: HookName | null): name is HookName => name !== null);
