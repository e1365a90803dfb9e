import * as v from 'valibot';

/** Longest config.json read for a list: real ones have a few thousand bytes, with labels some more. */
export const MAX_CONFIG_BYTES = 1 << 20;

/** What a list says of a model that was not loaded. A config.json may say anything: nothing rests on it. */
export interface ConfigGlance {
  /** `model_type`: `bert`. */
  readonly family: string;
  /** As far as the config says so in a known word; 0: no such stack, or not known. */
  readonly layers: Stacks;
  readonly heads: Stacks;
}

interface Stacks {
  readonly encoder: number;
  readonly decoder: number;
}

/** Words for one number in the configs of the families; the first that is there counts. */
const LAYERS = ['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers'];
const HEADS = ['num_attention_heads', 'n_head', 'n_heads', 'num_heads'];

/** Names of families are short words; anything else is no name. */
const familySchema = v.pipe(v.string(), v.regex(/^[\w.-]{1,40}$/));
const countSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000));
const configSchema = v.looseObject({ model_type: familySchema });

/** Null where there is not even a family. */
export function glanceAtConfig(text: string): ConfigGlance | null {
  const config = v.safeParse(configSchema, parsed(text));
  if (!config.success) return null;
  const count = (names: readonly string[]): number => {
    const found = names.map((name) => v.safeParse(countSchema, config.output[name]));
    return found.find((one) => one.success)?.output ?? 0;
  };
  const encoder = { layers: count(['encoder_layers']), heads: count(['encoder_attention_heads']) };
  const decoder = {
    layers: count(['decoder_layers', 'num_decoder_layers']),
    heads: count(['decoder_attention_heads']),
  };
  const only = { layers: count(LAYERS), heads: count(HEADS) };
  return {
    family: config.output.model_type,
    layers: { encoder: encoder.layers || only.layers, decoder: decoder.layers },
    heads: { encoder: encoder.heads || only.heads, decoder: decoder.heads },
  };
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
