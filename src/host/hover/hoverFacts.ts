/** What a hover tells, before it is put into words. */
import type { WireFailure } from '../../failure/failure';
import { largestOf } from '../../navigation/names';
import { colouredSide } from '../../navigation/navigationRules';
import { groupsOn, keySide, listedOf, writtenAt } from '../../navigation/traceState';
import type { RowAddress, Side, Unit } from '../../protocol/address';
import type { HeadAddress } from '../../protocol/headProfile';
import type { Navigation } from '../../protocol/navigation';
import type { Answer } from '../../protocol/queries';
import type { ColourScaleChoice } from '../../protocol/readerState';
import type { Candidate, Token, TraceId, WrittenToken } from '../../protocol/trace';
import type { TraceSnapshot } from '../../protocol/traceSnapshot';
import { numbersOf } from '../../protocol/wireTensor';
import type { TokenGroup } from '../../protocol/words';
import type { SaidFact } from './saidOfToken';

/** Links of a row that are listed: with more, the rest of the hover would be out of sight. */
const MOST_LINKS = 5;

/** Half of the last decimal that is shown: a list of `0.0000` tells nobody anything. */
const LEAST_WEIGHT = 0.00005;

/** One token (or word) that is looked at (or looks), with the numbers of the row. */
export interface Link {
  readonly position: number;
  readonly token: Token;
  readonly weight: number;
  readonly norm: number;
}

export interface RowFacts {
  /** The strongest first. */
  readonly links: readonly Link[];
  /** The weight that the longest bar stands for. */
  readonly maximum: number;
  /** Share of weight on hidden special tokens; null when none are hidden. */
  readonly hidden: number | null;
  /** From a preview. */
  readonly approximate: boolean;
}

/** A head that looks sharply from the token. */
export interface FocusFact {
  readonly address: HeadAddress;
  /** In bits. */
  readonly entropy: number;
  readonly key: Token;
  readonly weight: number;
}

/** What the model expects here, beside what the text has. */
export interface ExpectedFact {
  /** `next`: what follows the token; `mask`: what stands in its place. */
  readonly kind: 'next' | 'mask';
  readonly candidates: readonly Candidate[];
  /** What does follow; null at the end of the text, and for a mask. */
  readonly actual: Candidate | null;
}

export interface HoverFacts {
  readonly trace: TraceId;
  readonly side: Side;
  /** Place among the tokens, or words, of the side. */
  readonly index: number;
  /** Place of the last of them, counted from 0. */
  readonly last: number;
  /** The token, or the word as if it were one. */
  readonly token: Token;
  /** The tokens it stands for. */
  readonly group: TokenGroup;
  /** The text was edited since it was inspected. */
  readonly stale: boolean;
  /** The matrix that is chosen, and the direction. */
  readonly navigation: Navigation;
  /** What the model wrote while it read this output token. */
  readonly next: Token | null;
  readonly row: RowFacts | null;
  readonly focus: readonly FocusFact[];
  /** `[d_model]`, what is added to the token's embedding. */
  readonly encoding: {
    readonly kind: 'sinusoidal' | 'learned';
    readonly values: Float32Array;
  } | null;
  readonly expected: ExpectedFact | null;
  /** What a model with a task says of the token itself. */
  readonly said: readonly SaidFact[];
  /** What else the model might have written in place of this output token, or of the strongest one listed. */
  readonly written: { readonly position: number; readonly there: WrittenToken } | null;
  /** Why there is no row, or something else could not be had. */
  readonly missing: WireFailure | null;
}

/** The strongest links of a row. Weights that are not numbers belong to hidden tokens. */
export function rowFacts(
  snapshot: TraceSnapshot,
  { stack, direction, hideSpecials, unit }: RowAddress,
  { weights, norms, hidden, approximate }: Answer<'row'>,
  colourScale: ColourScaleChoice,
): RowFacts {
  const tokens = listedOf(snapshot, colouredSide(snapshot, stack, direction), unit);
  const numbers = numbersOf(weights);
  const lengths = numbersOf(norms);
  const links = [...numbers.keys()]
    .filter((position) => numbers[position]! >= LEAST_WEIGHT)
    .toSorted((a, b) => numbers[b]! - numbers[a]! || a - b)
    .slice(0, MOST_LINKS)
    .flatMap((position): Link[] => {
      const token = tokens[position];
      if (token === undefined) return [];
      return [{ position, token, weight: numbers[position]!, norm: lengths[position] ?? 0 }];
    });
  return {
    links,
    maximum: colourScale === 'absolute' ? 1 : largestOf(numbers),
    hidden: hideSpecials ? hidden : null,
    approximate,
  };
}

/** The heads that look most sharply, with the tokens they look at. */
export function focusFacts(
  snapshot: TraceSnapshot,
  heads: Answer<'focus'>,
  unit: Unit,
): FocusFact[] {
  return heads.flatMap(({ stack, layer, head, entropy, key, weight }) => {
    const token = listedOf(snapshot, keySide(snapshot, stack), unit)[key];
    return token === undefined
      ? []
      : [{ address: { stack, layer, head }, entropy, key: token, weight }];
  });
}

/**
 * The output token that a hover names the alternatives of; null if it names none that was written.
 * Of a word that is its first token.
 */
export function writtenFact(
  snapshot: TraceSnapshot,
  entry: number | undefined,
  unit: Unit,
): HoverFacts['written'] {
  if (entry === undefined) return null;
  const position = groupsOn(snapshot, 'target', unit)[entry]?.first;
  const there = position === undefined ? null : writtenAt(snapshot, position);
  return position === undefined || there === null ? null : { position, there };
}
