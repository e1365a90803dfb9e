import type { Translate } from '../../../src/language/translate';
import type { Term } from './mathml';

/** A formula: how it is set, and how it is read aloud in the reader's language. */
export interface FormulaEntry {
  readonly build: (t: Translate) => Term;
  readonly reading: (t: Translate) => string;
}

/** Formulas by name; the names become the type of what can be asked for. */
export const formulaSet = <N extends string>(
  entries: Readonly<Record<N, FormulaEntry>>,
): Readonly<Record<N, FormulaEntry>> => entries;
