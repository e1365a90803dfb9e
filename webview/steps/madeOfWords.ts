/** How contributions to a number are called. Pure. */
import type { Translate } from '../../src/language/translate';
import type { Answer, Question } from '../../src/protocol/queries';
import type { MadeNumber } from '../../src/protocol/studies/madeOf';
import type { Shown } from './shown';

/** Names of the two factors of a contribution; null: it is no product. */
export function factorNames(number: MadeNumber): readonly [string, string] | null {
  switch (number) {
    case 'query':
      return ['x', 'W_Q'];
    case 'key':
      return ['x', 'W_K'];
    case 'value':
      return ['x', 'W_V'];
    case 'turnedQuery':
      return ['q', 'cos/sin'];
    case 'turnedKey':
      return ['k', 'cos/sin'];
    case 'product':
      return ['q', 'k'];
    case 'mixture':
      return ['α', 'v'];
    case 'share':
      return ['z', 'W_O'];
    case 'output':
    case 'sum':
      return null;
  }
}

export function termName(
  of: Answer<'madeOf'>['of'],
  index: number,
  { keys }: Shown,
  t: Translate,
): string {
  switch (of) {
    case 'stream':
    case 'head':
      return t('dimension {dimension}', { dimension: index });
    case 'key':
      return keys[index] ?? String(index);
    case 'heads':
      return t('head {head}', { head: index });
    case 'parts':
      return [t('the stream'), t('attention'), t('feed-forward network')][index] ?? '';
  }
}

/** What the whole is. */
export function madeTitle(
  { number, dimension }: Pick<Question<'madeOf'>, 'number' | 'dimension'>,
  name: string,
  { query, key }: Shown,
  t: Translate,
): string {
  return number === 'product'
    ? t('q · k of “{query}” and “{key}”', { query, key })
    : t('{name}, dimension {dimension}', { name, dimension });
}
