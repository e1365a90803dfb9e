/** The list in which a reader settles what a run is to do: its lines, in words. Pure. */
import type { Translate } from '../../language/translate';
import { languageName } from '../../navigation/names';
import { modelName } from '../../protocol/modelName';
import type { Tokenization } from '../../scoring/tokenization';
import type { CorpusPlan } from './corpusPlan';
import { searchWords } from './searchWords';

/** What a line leads to. */
export type FormChoice = 'start' | 'references' | 'model' | 'language' | 'search' | 'tokenization';

export interface FormLine {
  readonly choice: FormChoice;
  /** Of a codicon. */
  readonly icon: string;
  readonly label: string;
  readonly description: string;
}

/** The first line begins the run; each of the others changes one thing. What a plan has no use for is left out. */
export function formLines(plan: CorpusPlan, locale: string, t: Translate): FormLine[] {
  const { references, language, model } = plan;
  const languages = plan.summary.languages.length > 0;
  return [
    {
      choice: 'start',
      icon: 'play',
      label: references === null ? t('Translate') : t('Translate and Score'),
      description: plan.source.name,
    },
    line('references', 'book', t('References'), referencesWords(plan, t)),
    line('model', 'chip', t('Model'), modelName(model.folder)),
    ...(languages
      ? [
          line(
            ...(['language', 'globe', t('Language')] as const),
            language === null ? t('none') : languageName(language, locale),
          ),
        ]
      : []),
    line('search', 'search', t('Way of choosing tokens'), searchLine(plan, t)),
    ...(references === null
      ? []
      : [
          line(
            ...(['tokenization', 'symbol-string', t('Words for BLEU')] as const),
            tokenizationWords(plan.tokenization, t),
          ),
        ]),
  ];
}

const line = (choice: FormChoice, icon: string, label: string, description: string): FormLine => ({
  ...{ choice, icon, label, description },
});

function referencesWords({ references }: CorpusPlan, t: Translate): string {
  if (references === null) return t('none: translate only');
  return references === 'beside' ? t('behind the tab of each line') : references.name;
}

export function searchLine({ search, asked }: CorpusPlan, t: Translate): string {
  const words = searchWords(search, t);
  const same = JSON.stringify(search) === JSON.stringify(asked);
  return same ? t('{search}, as the checkpoint asks', { search: words }) : words;
}

export function tokenizationWords(tokenization: Tokenization | null, t: Translate): string {
  switch (tokenization) {
    case null:
      return t('as suits the references: zh if they are Chinese, else 13a');
    case '13a':
      return t('13a: parted by spaces and punctuation');
    case 'zh':
      return t('zh: every Chinese character is a word');
  }
}
