/** How many heads turn, for each place that looks, beside what chance gives. */
import type { Translate } from '../../src/language/translate';
import { CLEAR_FLIP, type FlipCounts, type TourPair } from '../../src/protocol/studies/tour';
import { NO_NUMBER } from '../parts/barCell';
import type { TableData } from '../parts/dataTable';
import { element } from '../parts/element';
import { askerName, askerTitle } from './tourWords';

export function countsTable(
  counts: readonly FlipCounts[],
  pair: TourPair,
  t: Translate,
): TableData {
  const least = CLEAR_FLIP;
  return {
    columns: [
      { name: t('From'), kind: 'text', title: t('Which token looks at the nouns') },
      { name: t('Heads'), kind: 'number' },
      { name: t('turn'), kind: 'number', title: t('With any margin above 0') },
      {
        name: t('clearly'),
        kind: 'number',
        title: t('With a margin of at least {least}', { least }),
      },
      {
        name: t('wrong way'),
        kind: 'number',
        title: t('As clearly, but to the other noun: what accident gives'),
      },
      {
        name: t('control'),
        kind: 'number',
        title: t('As clearly, between two sentences that mean the same noun: what accident gives'),
      },
    ],
    rows: counts.map(({ asker, searched, flips, clear, opposite, control }) => ({
      cells: [
        {
          text: askerName(asker, pair, t),
          content: named(askerName(asker, pair, t), askerTitle(asker, pair, t)),
        },
        String(searched),
        String(flips),
        String(clear),
        String(opposite),
        control === null ? NO_NUMBER : String(control),
      ],
    })),
  };
}

const named = (name: string, title: string): HTMLElement =>
  element('span', { attributes: { title } }, name);
