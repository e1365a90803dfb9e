/** What every part of the page is given to draw, and what it may ask to be done. */
import type { Translate } from '../../src/language/translate';
import type { Copy, Navigation, TraceSnapshot } from '../../src/protocol/panelMessages';
import type { Answer, QueryName, Question, Side } from '../../src/protocol/queries';
import type { Picture } from '../../src/protocol/wireTensor';
import type { Strip } from './encodingStrips';
import type { Known } from './latest';
import type { ChosenToken } from './navigationRules';
import type { PositionTable } from './positionTable';
import type { Theme } from './theme';

export interface View {
  readonly t: Translate;
  readonly locale: string;
  readonly theme: Theme;
  readonly snapshot: TraceSnapshot;
  readonly navigation: Navigation;
  /** The token the pointer is over while none is locked. */
  readonly preview: ChosenToken | null;
  /** Newest picture of each layer, by `pictureKey`. */
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly row: Known<'row'>;
  readonly matrix: Known<'matrix'>;
  readonly positions: Readonly<Record<Side, PositionTable>>;
  /** The positions' pictures under the chips. */
  readonly strips: Readonly<Record<Side, readonly Strip[]>>;
}

export interface Commands {
  navigate(change: Partial<Navigation>): void;
  choose(token: ChosenToken, locked: boolean): void;
  preview(token: ChosenToken | null): void;
  ask<N extends QueryName>(name: N, question: Question<N>, signal: AbortSignal): Promise<Answer<N>>;
  rerun(language: string | null): void;
  cancel(): void;
  copy(copy: Copy): void;
  reveal(span: readonly [number, number]): void;
  openCard(): void;
}

/** A part of the page: an element that follows the view. */
export interface Part {
  readonly root: HTMLElement;
  update(view: View): void;
}
