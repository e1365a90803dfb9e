/** Every formula that views show, by name, in the notation of Attention Is All You Need. */
import type { Translate } from '../../../src/language/translate';
import { element } from '../../parts/element';
import { attentionFormulas } from './attentionFormulas';
import { embeddingFormulas } from './embeddingFormulas';
import type { FormulaEntry } from './formulaEntry';
import { math } from './mathml';
import { outputFormulas } from './outputFormulas';
import { scoreFormulas } from './scoreFormulas';
import { subLayerFormulas } from './subLayerFormulas';

const entries = {
  ...embeddingFormulas,
  ...attentionFormulas,
  ...scoreFormulas,
  ...subLayerFormulas,
  ...outputFormulas,
};

export type FormulaName = keyof typeof entries;
const byName: Readonly<Record<FormulaName, FormulaEntry>> = entries;

export const formulaNames = Object.keys(byName) as readonly FormulaName[];

/** A formula to stand on a line of its own; it takes colour and size of where it stands. */
export function formula(name: FormulaName, t: Translate): HTMLElement {
  const { build, reading } = byName[name];
  const root = element('div', { class: 'formula' }, math(reading(t), build(t)));
  root.dataset['formula'] = name;
  return root;
}

/** The same in words. */
export const formulaReading = (name: FormulaName, t: Translate): string => byName[name].reading(t);
