/** One sentence under the text: which token looks where, on what scale, and what is left out. */
import type { Translate } from '../../src/language/translate';
import { numbersOf } from '../../src/protocol/wireTensor';
import { visibleLabel } from '../drawing/tokenFlow';
import { element, setText, show } from './element';
import { Legend } from './legend';
import { shortName } from './names';
import { isComputed } from './navigationRules';
import { tokensOf } from './traceState';
import type { Part, View } from './view';
import { describeWaiting } from './waiting';

function sentence({ snapshot, navigation, preview }: View, t: Translate): string {
  const token = preview ?? navigation.token;
  const chosen = token === null ? undefined : tokensOf(snapshot, token.side)[token.index];
  if (chosen === undefined) return '';
  const label = visibleLabel(chosen);
  return navigation.direction === 'looksAt'
    ? t('“{token}” looks at', { token: label })
    : t('“{token}” is looked at by', { token: label });
}

export function createStatement(t: Translate): Part {
  const name = element('strong', { class: 'short-name' });
  const words = element('span', { class: 'sentence', attributes: { dir: 'auto' } });
  const legend = new Legend();
  const lock = element('span', { class: 'badge' }, t('locked'));
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
      const { navigation, row, theme } = view;
      show(root, view.snapshot.plan !== null);
      setText(name, shortName(navigation, t));
      setText(words, sentence(view, t));
      show(lock, navigation.token?.locked === true);
      const weights = row.answer === null ? null : numbersOf(row.answer.weights);
      const maximum = weights?.reduce((most, weight) => (weight > most ? weight : most), 0) ?? 0;
      show(legend.root, weights !== null);
      legend.update(
        theme[row.answered?.direction ?? navigation.direction],
        '0',
        maximum.toFixed(2),
        '√',
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
      const reason = told ? null : describeWaiting(view, 'row', t);
      setText(waiting, reason ?? '');
      show(waiting, reason !== null);
    },
  };
}
