/** What all cards about positions speak of: one position, one step, one pair of dimensions, one head. */
import type { Side } from '../../src/protocol/address';
import { chosenToken } from '../inspector/tokenEntries';
import type { View } from '../inspector/view';

/** From a position to another. */
const FIRST_STEP = 1;
/** Neither the fastest nor one that hardly moves. */
const FIRST_PAIR = 4;

export interface Place {
  readonly position: number;
  /** k. */
  readonly step: number;
  readonly pair: number;
  /** The pair's second dimension rather than its first. */
  readonly second: boolean;
  /** Of the first layer. */
  readonly head: number;
}

/** How far each may go. */
export interface PlaceLimits {
  readonly side: Side;
  /** Tokens there are positions for. */
  readonly positions: number;
  /** Rows of the model's table; null: there is no end. */
  readonly rows: number | null;
  readonly pairs: number;
  readonly heads: number;
}

/** A step of more says nothing new. */
const MOST_STEP = 32;

export const mostStep = ({ rows }: Pick<PlaceLimits, 'rows'>): number =>
  Math.max(FIRST_STEP, Math.min(MOST_STEP, rows === null ? MOST_STEP : rows - 1));

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

export class PlaceChoice {
  private dragged: { readonly token: string; readonly position: number } | null = null;
  private step = FIRST_STEP;
  private pair = FIRST_PAIR;
  private second = false;
  private head: { readonly chosen: string; readonly head: number } | null = null;
  private token = '';
  private chosenHead = '';

  constructor(private readonly changed: () => void) {}

  /** Where the reader is: what was dragged holds until another token or head is chosen. */
  place(view: View, limits: PlaceLimits): Place {
    const { navigation, snapshot } = view;
    const chosen = chosenToken(view);
    this.token = `${snapshot.trace}/${limits.side}/${chosen?.index ?? 0}`;
    this.chosenHead = `${snapshot.trace}/${navigation.head}`;
    const { dragged, head } = this;
    const own = chosen?.side === limits.side ? chosen.index : 0;
    const named = typeof navigation.head === 'number' ? navigation.head : 0;
    return {
      position: within(dragged?.token === this.token ? dragged.position : own, limits.positions),
      step: Math.min(this.step, mostStep(limits)),
      pair: within(this.pair, limits.pairs),
      second: this.second,
      head: within(head?.chosen === this.chosenHead ? head.head : named, limits.heads),
    };
  }

  choose({ position, step, pair, second, head }: Partial<Place>): void {
    if (position !== undefined) this.dragged = { token: this.token, position };
    if (head !== undefined) this.head = { chosen: this.chosenHead, head };
    this.step = step ?? this.step;
    this.pair = pair ?? this.pair;
    this.second = second ?? this.second;
    this.changed();
  }
}
