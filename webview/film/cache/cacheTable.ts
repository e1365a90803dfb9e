/** Every step as a row: what it computes and reuses, and what it took. */
import type { Translate } from '../../../src/language/translate';
import { labelAt } from '../../../src/navigation/labels';
import type { TraceSnapshot } from '../../../src/protocol/traceSnapshot';
import { NO_NUMBER } from '../../parts/barCell';
import type { Cell, Column, TableData } from '../../parts/dataTable';
import { tinyNumber } from '../../parts/tableCells';
import { cacheSight } from './cacheSight';
import type { CostAnswer } from './costWords';

export function cacheTable(
  snapshot: TraceSnapshot,
  answer: CostAnswer | null,
  t: Translate,
  go: (step: number) => void,
): TableData {
  const number = (name: string, title = ''): Column => ({
    name,
    kind: 'number',
    ...(title === '' ? {} : { title }),
  });
  const measured = new Map(answer?.steps.map((step) => [step.step, step]));
  const tokens = snapshot.written.map(({ token }) => token);
  return {
    columns: [
      { name: t('Step'), kind: 'position' },
      { name: t('Token'), kind: 'header' },
      number(t('Computes'), t('Tokens that are computed')),
      number(t('Reuses'), t('Tokens whose keys and values are kept')),
      number(t('ms in the run'), t('With all that the views are drawn from')),
      ...(answer === null
        ? []
        : [
            number(t('ms with'), t('The newest token alone, with the cache')),
            number(t('ms without'), t('All tokens anew')),
            number(t('Difference'), t('Largest difference of a logit')),
          ]),
    ],
    rows: snapshot.written.map(({ milliseconds }, step) => {
      const sight = cacheSight(snapshot, step);
      const one = measured.get(step);
      const of = (value: number | undefined): Cell => value?.toFixed(2) ?? NO_NUMBER;
      return {
        cells: [
          String(step + 1),
          labelAt(tokens, step),
          String(sight?.computed ?? NO_NUMBER),
          String(sight?.reused ?? NO_NUMBER),
          milliseconds.toFixed(2),
          ...(answer === null
            ? []
            : [
                of(one?.cached),
                of(one?.uncached),
                one === undefined ? NO_NUMBER : tinyNumber(one.difference),
              ]),
        ],
        go: () => go(step),
      };
    }),
  };
}
