import type { TransformerConfig } from '../transformer/config';
import type { HookName } from '../transformer/probe';

/** Hook → the names Hugging Face gives the same values in its outputs (`encoder_attentions.0`, …). */
export function referenceNames(
  config: Pick<TransformerConfig, 'encoder' | 'decoder'>,
): ReadonlyMap<HookName, readonly string[]> {
  const { encoder, decoder } = config;
  const answers = ['logits', 'start_logits', 'end_logits', 'pooler_output'];
  const names = new Map<HookName, readonly string[]>(answers.map((name) => [name, [name]]));
  if (encoder && decoder) {
    addStack(names, 'encoder.', 'encoder_', encoder.layers);
    addStack(names, 'decoder.', 'decoder_', decoder.layers);
    for (let layer = 0; layer < decoder.layers; layer++)
      names.set(`decoder.blocks.${layer}.cross_attn.pattern`, [`cross_attentions.${layer}`]);
    names.set('encoder.ln_final', [
      `encoder_hidden_states.${encoder.layers}`,
      'encoder_last_hidden_state',
    ]);
    names.set('decoder.ln_final', [`decoder_hidden_states.${decoder.layers}`, 'last_hidden_state']);
  } else {
    const { layers } = (encoder ?? decoder)!;
    addStack(names, '', '', layers);
    names.set('ln_final', [`hidden_states.${layers}`, 'last_hidden_state']);
  }
  return names;
}

function addStack(
  names: Map<HookName, readonly string[]>,
  hooks: string,
  outputs: string,
  layers: number,
): void {
  for (let layer = 0; layer < layers; layer++) {
    names.set(`${hooks}blocks.${layer}.resid_pre`, [`${outputs}hidden_states.${layer}`]);
    names.set(`${hooks}blocks.${layer}.attn.pattern`, [`${outputs}attentions.${layer}`]);
  }
}
