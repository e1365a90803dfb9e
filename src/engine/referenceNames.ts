import type { HookName } from '../transformer/probe';

/** Hook → the names Hugging Face gives the same values in its outputs (`encoder_attentions.0`, …). */
export function referenceNames(layers: {
  readonly encoder: number;
  readonly decoder: number;
}): ReadonlyMap<HookName, readonly string[]> {
  const names = new Map<HookName, readonly string[]>([['logits', ['logits']]]);
  for (const stack of ['encoder', 'decoder'] as const) {
    const count = layers[stack];
    for (let layer = 0; layer < count; layer++) {
      const block = `${stack}.blocks.${layer}`;
      names.set(`${block}.resid_pre`, [`${stack}_hidden_states.${layer}`]);
      names.set(`${block}.attn.pattern`, [`${stack}_attentions.${layer}`]);
      if (stack === 'decoder')
        names.set(`${block}.cross_attn.pattern`, [`cross_attentions.${layer}`]);
    }
    const last = `${stack}_hidden_states.${count}`;
    names.set(
      `${stack}.ln_final`,
      stack === 'encoder' ? [last, 'encoder_last_hidden_state'] : [last, 'last_hidden_state'],
    );
  }
  return names;
}
