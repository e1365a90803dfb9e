/** What every part of the page is given to draw, and what it may ask to be done. */
import type { Translate } from '../../src/language/translate';
import type { ChosenToken } from '../../src/navigation/navigationRules';
import type { Copy, FromPanel, TextSight } from '../../src/protocol/panelMessages';
import type { Navigation, NavigationChange } from '../../src/protocol/navigation';
import type { ReaderState } from '../../src/protocol/readerState';
import type { Token, TraceId } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Writing } from '../../src/protocol/writing';
import type { Side } from '../../src/protocol/address';
import type { Answer, QueryName, Question } from '../../src/protocol/queries';
import type { Picture } from '../../src/protocol/wireTensor';
import type { Theme } from '../parts/theme';
import type { Strip } from '../positions/encodingStrips';
import type { Progress } from './hostLink';
import type { Known } from './latest';
import type { Pieces } from '../positions/pieces';

/** A place in a trace: what it shows, and the token the pointer is over while none is locked. */
export interface Sight {
  readonly snapshot: TraceSnapshot;
  readonly navigation: Navigation;
  readonly preview: ChosenToken | null;
}

export interface View extends Sight {
  readonly t: Translate;
  readonly locale: string;
  readonly theme: Theme;
  /** The rest of what the host tells of the reader; where to look stands in `navigation`. */
  readonly reader: Omit<ReaderState, 'navigation'>;
  /** Newest picture of each layer, by `pictureKey`. */
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly row: Known<'row'>;
  readonly matrix: Known<'matrix'>;
  readonly positions: Readonly<Record<Side, Pieces>>;
  /** The positions' pictures under the chips. */
  readonly strips: Readonly<Record<Side, readonly Strip[]>>;
}

type Said<T extends FromPanel['type']> = Extract<FromPanel, { type: T }>;

export interface Commands {
  navigate(change: NavigationChange): void;
  choose(token: ChosenToken, locked: boolean): void;
  preview(token: ChosenToken | null): void;
  /** Asks about the trace on screen. */
  ask<N extends QueryName>(
    name: N,
    question: Question<N>,
    signal: AbortSignal,
    /** Of studies. */
    progress?: Progress,
  ): Promise<Answer<N>>;
  /** Asks about that one or the pinned one. */
  askAbout<N extends QueryName>(
    trace: TraceId,
    name: N,
    question: Question<N>,
    signal: AbortSignal,
    progress?: Progress,
  ): Promise<Answer<N>>;
  go(where: Said<'go'>['where']): void;
  pin(what: Said<'pin'>['what']): void;
  copyLink(): void;
  rerun(language: string | null): void;
  /** Has the model write from the text on screen: another branch of it; null: only read it. */
  write(writing: Writing | null): void;
  branch(what: Said<'branch'>['what'], id: number): void;
  /** Opens the output as a document beside the text. */
  openOutput(): void;
  cancel(): void;
  /** Runs another text, and looks at it there; `pinned`: one to compare it with. */
  inspect(sight: TextSight, pinned: TextSight | null): void;
  copy(copy: Copy): void;
  reveal(token: Pick<Token, 'span' | 'part'>): void;
  openCard(): void;
}

/** A part of the page: an element that follows the view. */
export interface Part {
  readonly root: HTMLElement;
  update(view: View): void;
}
