import type { HookName } from '../../transformer/probe';
import type { ModelSummary } from '../../protocol/trace';

const FLOAT_BYTES = 4;

/** Tokens of the two sides that a pass reads; `target` 0 where a model has but one stack. */
export interface PassLength {
  readonly source: number;
  readonly target: number;
}

/** Bytes that the values at these hooks take, at most. */
export function hookBytes(
  names: Iterable<HookName>,
  model: ModelSummary,
  length: PassLength,
): number {
  let numbers = 0;
  for (const name of names) numbers += hookNumbers(name, model, length);
  return FLOAT_BYTES * numbers;
}

function hookNumbers(name: HookName, model: ModelSummary, length: PassLength): number {
  const { architecture, heads, headWidth, dModel, dFeedForward } = model;
  const both = architecture === 'encoderDecoder';
  const half = both ? (name.startsWith('decoder.') ? 'decoder' : 'encoder') : architecture;
  const queries = both && half === 'decoder' ? length.target : length.source;
  const keys = name.includes('cross_attn') ? length.source : queries;
  if (/\.(scores|pattern|raw)$/.test(name)) return heads[half] * queries * keys;
  if (name.endsWith('.result')) return heads[half] * queries * dModel;
  if (/\.mlp\.(pre|post)$/.test(name)) return queries * dFeedForward[half];
  if (/\.attn\./.test(name) || /\.cross_attn\./.test(name))
    return Math.max(queries, keys) * heads[half] * headWidth;
  return Math.max(queries, keys) * dModel;
}
