/** One sentence under the text: which token looks where, on what scale, and what is left out. */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { visibleLabel } from '../../src/navigation/labels';
import { element, setText, show } from '../parts/element';
import { topOf } from '../drawing/scaleTop';
import { Legend, scaleNote } from '../parts/legend';
import { largestOf, scaleEnd, shortName } from '../../src/navigation/names';
import { isComputed } from '../../src/navigation/navigationRules';
import { tokensOf } from '../../src/navigation/traceState';
import type { Part, Sight } from './view';
import { describeWaiting } from './waiting';

/** An output token's row belongs to the step that reads it, which writes the one after it. */
export function sentence({ snapshot, navigation, preview }: Sight, t: Translate): string {
  const token = preview ?? navigation.token;
  const tokens = token === null ? [] : tokensOf(snapshot, token.side);
  const chosen = token === null ? undefined : tokens[token.index];
  if (token === null || chosen === undefined) return '';
  const label = visibleLabel(chosen);
  if (navigation.direction === 'lookedAt') return t('“{token}” is looked at by', { token: label });
  const next = token.side === 'target' ? tokens[token.index + 1] : undefined;
  return next === undefined
    ? t('“{token}” looks at', { token: label })
    : t('“{token}” looks at — while the model writes “{next}”', {
        token: label,
        next: visibleLabel(next),
      });
}

export function createStatement(t: Translate): Part {
  const name = element('strong', { class: 'short-name' });
  const words = element('span', { class: 'sentence', attributes: { dir: 'auto' } });
  const legend = new Legend();
  const lock = element(
    'span',
    {
      class: 'badge',
      attributes: {
        title: t(
          'Pointing at other tokens does not change the view. Click this one again, or press Escape on it, to let it go.',
        ),
      },
    },
    t('locked'),
  );
  const hidden = element('p', { class: 'hint' });
  const waiting = element('p', { class: 'hint' });
  const root = element(
    'div',
    { class: 'statement' },
    element('div', { class: 'statement-row' }, name, words, lock, legend.root),
    hidden,
    waiting,
  );
  return {
    root,
    update(view) {
      const { navigation, row, theme, reader } = view;
      show(root, view.snapshot.plan !== null);
      setText(name, shortName(navigation, t));
      setText(words, sentence(view, t));
      show(lock, navigation.token?.locked === true);
      const weights = row.answer === null ? null : numbersOf(row.answer.weights);
      const direction = row.answered?.direction ?? navigation.direction;
      show(legend.root, weights !== null);
      legend.update(
        theme[direction],
        '0',
        scaleEnd(topOf(reader.colourScale, largestOf(weights))),
        scaleNote(
          reader.colourScale,
          direction === 'looksAt' ? t('√ scale of this row') : t('√ scale of this column'),
          t,
        ),
      );
      const share = row.answer?.hidden ?? null;
      show(hidden, row.answered?.hideSpecials === true);
      setText(
        hidden,
        share === null
          ? ''
          : t(
              'Special tokens are hidden; weights are renormalised over the shown tokens. Hidden share: {share}.',
              {
                share: share.toFixed(2),
              },
            ),
      );
      // Matrix and table say themselves why they are empty; here only why the chips have no weights.
      const told = navigation.view === 'row' || !isComputed(navigation, view.snapshot);
      const reason = told ? null : describeWaiting(view, view.row, 'row', t);
      setText(waiting, reason ?? '');
      show(waiting, reason !== null);
    },
  };
}
