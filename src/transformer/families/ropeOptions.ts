import type { RopeScaling } from '../positions/ropeScaling';
import type { ConfigReader } from './configReader';

/**
 * The scaling of rotary positions that a configuration asks for.
 * @param trained positions the model was made for, where the option does not say
 * @throws Failure `config.option` for kinds that are not built
 */
export function ropeScaling(read: ConfigReader, trained: number): RopeScaling {
  const options = read.section('rope_scaling');
  if (!options) return { kind: 'default' };
  const [kind, older] = ['rope_type', 'type'].map((name) => options.value(name) ?? null);
  // Families differ in which of the two counts.
  if (kind !== null && older !== null && kind !== older)
    read.refuse('rope_scaling', 'rope_type = type');
  const factor = (): number => options.positive('factor', Number.NaN);
  switch (kind ?? older ?? 'default') {
    case 'default':
      return { kind: 'default' };
    case 'linear':
      return { kind: 'linear', factor: factor() };
    case 'dynamic':
      return { kind: 'dynamic', factor: factor(), original: trained };
    case 'llama3':
      return {
        kind: 'llama3',
        factor: factor(),
        lowFrequencyFactor: options.positive('low_freq_factor', Number.NaN),
        highFrequencyFactor: options.positive('high_freq_factor', Number.NaN),
        original: options.count('original_max_position_embeddings', trained),
      };
    case 'yarn': {
      const original = options.count('original_max_position_embeddings', trained);
      // The reference takes the ratio of lengths where the factor is missing.
      const stretch = options.value('factor') === undefined ? trained / original : factor();
      return {
        kind: 'yarn',
        factor: stretch,
        attentionFactor: yarnAttentionFactor(options, stretch),
        betaFast: options.positive('beta_fast', 32),
        betaSlow: options.positive('beta_slow', 1),
        original,
        truncate: options.flag('truncate', true),
      };
    }
    default:
      return read.refuse('rope_scaling', 'default, linear, dynamic, llama3, yarn');
  }
}

/** Given, or 0.1 · mscale · ln(factor) + 1 (Peng et al. 2023, section 3.4), or the ratio of two such. */
function yarnAttentionFactor(options: ConfigReader, factor: number): number {
  const given = options.value('attention_factor') ?? null;
  if (given !== null) return options.number('attention_factor', 1);
  const scaleOf = (mscale: number): number =>
    factor <= 1 ? 1 : 0.1 * mscale * Math.log(factor) + 1;
  const mscale = options.number('mscale', 0);
  const mscaleAll = options.number('mscale_all_dim', 0);
  return mscale !== 0 && mscaleAll !== 0 ? scaleOf(mscale) / scaleOf(mscaleAll) : scaleOf(1);
}
