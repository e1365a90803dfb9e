import { linear, plainStack, type BlockNames, type StackNames } from './weightNames';

type Side = 'encoder' | 'decoder';

/** Names of a stack as fairseq, BART and Marian write them, below a prefix such as `model.`. */
export function fairseqStack(
  prefix: string,
  side: Side,
  names: Partial<StackNames> & Pick<StackNames, 'tokens'>,
): StackNames {
  return {
    ...plainStack,
    block: (layer) => blockNames(`${prefix}${side}.layers.${layer}`, side === 'decoder'),
    ...names,
  };
}

function blockNames(block: string, crosses: boolean): BlockNames {
  const attention = (name: string) => ({
    projections: {
      query: linear(`${block}.${name}.q_proj`),
      key: linear(`${block}.${name}.k_proj`),
      value: linear(`${block}.${name}.v_proj`),
    },
    output: linear(`${block}.${name}.out_proj`),
    queryNorm: null,
    keyNorm: null,
    norm: `${block}.${name}_layer_norm`,
  });
  return {
    self: attention('self_attn'),
    cross: crosses ? attention('encoder_attn') : null,
    expand: linear(`${block}.fc1`),
    linearHalf: null,
    contract: linear(`${block}.fc2`),
    feedForwardNorm: `${block}.final_layer_norm`,
  };
}

/** The table that both stacks share, under any of its names: safetensors keeps only one of several. */
export function sharedTables(prefix: string, output: string): readonly string[] {
  return [
    `${prefix}shared.weight`,
    `${prefix}encoder.embed_tokens.weight`,
    `${prefix}decoder.embed_tokens.weight`,
    output,
  ];
}
