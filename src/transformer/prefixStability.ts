import type { TransformerConfig } from './config';

/**
 * Whether the numbers of the tokens that texts begin with are the same in all of them, whatever
 * follows: those of a decoder whose positions say the same of a token, and of a pair of tokens, in a
 * text of any of these lengths. Of texts without padding.
 */
export function isPrefixStable(
  { encoder, decoder }: TransformerConfig,
  lengths: readonly number[],
): boolean {
  if (encoder || !decoder) return false;
  const { positions } = decoder;
  switch (positions.kind) {
    case 'learned':
      // What RoBERTa counts begins anew at every step.
      return positions.numbering !== 'notPadding';
    case 'rotary': {
      const { scaling } = positions;
      return scaling.kind !== 'dynamic' || Math.max(...lengths) <= scaling.original;
    }
    case 'sinusoidal':
    case 'alibi':
    case 'relativeBias':
      return true;
  }
}
