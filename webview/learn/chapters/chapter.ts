/** What chapters are made of: a few sentences a step, and the move of the views that goes with them. */
import type { Translate } from '../../../src/language/translate';
import type { Navigation, NavigationChange } from '../../../src/protocol/navigation';
import type { ModelSummary, Plan } from '../../../src/protocol/trace';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import type { BoxKind } from '../../map/boxes';
import type { FormulaName } from '../formula/formulas';

/** What a step may speak of: the loaded model, the reader's text, where the reader looks. */
export interface Lesson {
  readonly t: Translate;
  readonly snapshot: TraceSnapshot;
  readonly plan: Plan;
  readonly navigation: Navigation;
}

export interface Step {
  readonly words: string;
  readonly change: NavigationChange;
  readonly formula?: FormulaName;
  /** The formula of the part of the view that this is about; else the same. */
  readonly at?: FormulaName;
  /** Of the map: the box to be opened, the first of these kinds that the model has. */
  readonly box?: readonly BoxKind[];
  /** A part of the view by its `data-part`, where no formula names it. */
  readonly part?: string;
}

export interface Chapter {
  /** Kept in navigation and in links: it must not change. */
  readonly id: string;
  readonly title: (t: Translate) => string;
  /** What it is about, for the contents. */
  readonly about: (t: Translate) => string;
  /** Why a model has nothing to show for it; null: it has. */
  readonly unfit: (model: ModelSummary, t: Translate) => string | null;
  readonly steps: (lesson: Lesson) => readonly Step[];
}

/** For chapters that every model has something to show for. */
export const fitsAll = (): null => null;
