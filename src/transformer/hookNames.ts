import type { StackConfig, TransformerConfig } from './config';
import type { HookName } from './probe';

const ATTENTION_POINTS = ['hook_q', 'hook_k', 'hook_v', 'scores', 'pattern', 'z', 'result'];
const ROTARY_POINTS = ['hook_rot_q', 'hook_rot_k'];
const BLOCK_POINTS = ['resid_pre', 'attn_out', 'mlp.pre', 'mlp.post', 'mlp_out', 'resid_post'];

/** Every hook name of a model, stack by stack and layer by layer. */
export function hookNames(config: TransformerConfig): HookName[] {
  const { encoder, decoder, head } = config;
  const both = encoder !== null && decoder !== null;
  return [
    ...(encoder ? stackNames(both ? 'encoder.' : '', encoder, false) : []),
    ...(decoder ? stackNames(both ? 'decoder.' : '', decoder, both) : []),
    ...(head ? answerNames(head.task) : []),
  ];
}

function stackNames(prefix: string, config: StackConfig, cross: boolean): HookName[] {
  const { positions, embedding, layers } = config;
  const added = positions.kind === 'sinusoidal' || positions.kind === 'learned';
  const names = [
    'embed',
    ...(added ? ['pos_embed'] : []),
    ...(embedding.types > 0 ? ['type_embed'] : []),
  ];
  for (let layer = 0; layer < layers; layer++)
    names.push(...blockPoints(config, cross).map((point) => `blocks.${layer}.${point}`));
  return [...names, 'ln_final'].map((name) => `${prefix}${name}`);
}

function blockPoints({ normPlacement, positions }: StackConfig, cross: boolean): string[] {
  const turned = positions.kind === 'rotary' ? ROTARY_POINTS : [];
  const points = [
    ...BLOCK_POINTS,
    ...[...ATTENTION_POINTS, ...turned].map((point) => `attn.${point}`),
  ];
  if (normPlacement === 'post') points.push('normalized_resid_post');
  else points.push('ln1', 'ln2');
  if (normPlacement !== 'parallel') points.push('resid_mid');
  if (cross) {
    points.push('cross_attn_out', 'resid_mid_cross');
    if (normPlacement === 'pre') points.push('ln_cross');
    points.push(...ATTENTION_POINTS.map((point) => `cross_attn.${point}`));
  }
  return points;
}

function answerNames(task: NonNullable<TransformerConfig['head']>['task']): HookName[] {
  if (task === null) return ['pooler_output'];
  return task === 'answerSpan' ? ['start_logits', 'end_logits'] : ['logits'];
}
