/** What the glossary is made of. */
import type { Translate } from '../../../src/language/translate';
import type { NavigationChange } from '../../../src/protocol/navigation';
import type { ModelSummary } from '../../../src/protocol/trace';
import type { Lesson } from '../chapters/chapter';
import type { FormulaName } from '../formula/formulas';

export interface Term {
  /** Anchor of the entry; must not change. */
  readonly id: string;
  readonly name: (t: Translate) => string;
  /** One or two plain sentences. */
  readonly says: (t: Translate) => string;
  /** In the manner of the loaded model where manners differ. */
  readonly formula?: (model: ModelSummary) => FormulaName;
  /** Where to see it in the loaded model. */
  readonly where: (lesson: Lesson) => NavigationChange & { readonly view: string };
  /** Why the loaded model has none; null: it has. Left out: every model has it. */
  readonly unfit?: (model: ModelSummary, t: Translate) => string | null;
}

export interface TermGroup {
  readonly title: (t: Translate) => string;
  readonly terms: readonly Term[];
}
