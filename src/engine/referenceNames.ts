import type { StackConfig, TransformerConfig } from '../transformer/config';
import type { HookName } from '../transformer/probe';

/** Hook → the names Hugging Face gives the same values in its outputs (`encoder_attentions.0`, …). */
export function referenceNames(
  config: Pick<TransformerConfig, 'encoder' | 'decoder'>,
): ReadonlyMap<HookName, readonly string[]> {
  const { encoder, decoder } = config;
  const answers = ['logits', 'start_logits', 'end_logits', 'pooler_output'];
  const names = new Map<HookName, readonly string[]>(answers.map((name) => [name, [name]]));
  if (encoder && decoder) {
    addStack(names, 'encoder.', 'encoder_', encoder);
    addStack(names, 'decoder.', 'decoder_', decoder);
    for (let layer = 0; layer < decoder.layers; layer++)
      names.set(`decoder.blocks.${layer}.cross_attn.pattern`, [`cross_attentions.${layer}`]);
    names.set('encoder.ln_final', [
      `encoder_hidden_states.${encoder.layers}`,
      'encoder_last_hidden_state',
    ]);
    names.set('decoder.ln_final', [`decoder_hidden_states.${decoder.layers}`, 'last_hidden_state']);
  } else {
    const stack = (encoder ?? decoder)!;
    addStack(names, '', '', stack);
    const last = stack.layers / stack.blocksPerState;
    names.set('ln_final', [`hidden_states.${last}`, 'last_hidden_state']);
  }
  return names;
}

function addStack(
  names: Map<HookName, readonly string[]>,
  hooks: string,
  outputs: string,
  { layers, blocksPerState }: StackConfig,
): void {
  for (let layer = 0; layer < layers; layer++) {
    if (layer % blocksPerState === 0) {
      const state = `${outputs}hidden_states.${layer / blocksPerState}`;
      names.set(`${hooks}blocks.${layer}.resid_pre`, [state]);
    }
    names.set(`${hooks}blocks.${layer}.attn.pattern`, [`${outputs}attentions.${layer}`]);
  }
}
