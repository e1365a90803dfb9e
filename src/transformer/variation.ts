import type { HookName } from './probe';
import type { ChangedScores } from './scoreFunction';

/** What tokens are told of their places. */
export type PlaceVariation =
  | { readonly kind: 'asTrained' }
  /** Nothing: no table is added, no vector turned, no score biased. */
  | { readonly kind: 'off' }
  /** Each stands this many places further on; where only distances count, that changes nothing. */
  | { readonly kind: 'shifted'; readonly by: number }
  /** Two are told each other's place. While decoding in steps, both must come in the same one. */
  | { readonly kind: 'swapped'; readonly first: number; readonly second: number };

/** What a stack does differently on purpose, where no hook's value could express it. */
export interface Variation {
  readonly places: PlaceVariation;
  /** Queries of a decoder see later tokens, and what lies beyond a window, too. Padding stays unseen. */
  readonly unmasked: boolean;
  /**
   * Sub-layers whose output goes on without the stream it is added to: `encoder.blocks.0.attn`,
   * `.cross_attn`, `.mlp`. Where two are added to one stream at once, cutting either leaves it out.
   */
  readonly cutResiduals: ReadonlySet<HookName>;
  /** Attention that compares in another way, by its name: `encoder.blocks.0.attn`, `.cross_attn`. */
  readonly scoreFunctions: ReadonlyMap<HookName, ChangedScores>;
}

/** The model as it is. */
export const asTrained: Variation = {
  places: { kind: 'asTrained' },
  unmasked: false,
  cutResiduals: new Set(),
  scoreFunctions: new Map(),
};

/** Of both stacks of a model; a model with one stack has the other as trained. */
export interface Variations {
  readonly encoder: Variation;
  readonly decoder: Variation;
}

export const bothAsTrained: Variations = { encoder: asTrained, decoder: asTrained };
