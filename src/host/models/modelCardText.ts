import type { Translate } from '../../language/translate';
import { visibleText } from '../../navigation/labels';
import type { ModelFact } from './modelSheet';

/** What Markdown reads something into, and the dots by which it finds web addresses. */
const SIGNS = /[\\`*_{}[\]()<>&|~:@!#]|(?<=\p{L})\.(?=\p{L})/gu;

/** Names in a model's files are anybody's: they are seen as they are written, and do nothing. */
const inert = (text: string): string =>
  visibleText(text)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`);

/** The card of a model whose makers wrote none, as Markdown: what is known of it, and nothing else. */
export function modelCardText(
  name: string,
  folder: string,
  facts: readonly ModelFact[],
  t: Translate,
): string {
  return [
    `# ${inert(name)}`,
    '',
    t('The folder has no README.md: this is what Headlight read from its files.'),
    '',
    `| ${t('What')} | ${t('Value')} |`,
    '| :- | :- |',
    ...facts.map((fact) => `| ${fact.name} | ${inert(fact.value)} |`),
    `| ${t('Folder')} | ${inert(folder)} |`,
    '',
  ].join('\n');
}
