/** What else the model might have written in place of the chosen output token. */
import type { Translate } from '../../src/language/translate';
import type { WrittenToken } from '../../src/protocol/trace';
import { labelAt } from '../../src/navigation/labels';
import { candidateLabel } from '../parts/candidateLabel';
import { element, setText, show } from '../parts/element';
import { fourDecimals } from '../../src/navigation/names';
import { listedOf, writingSide, writtenFor } from '../../src/navigation/traceState';
import type { Part } from './view';

export function createCandidates(t: Translate): Part {
  const title = element('h3', { class: 'small-title' });
  const body = element('tbody');
  const table = element(
    'table',
    { class: 'candidates' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { attributes: { scope: 'col' } }, t('Candidate')),
        element('th', { class: 'number', attributes: { scope: 'col' } }, t('Probability')),
      ),
    ),
    body,
  );
  const root = element(
    'section',
    { class: 'candidates-section', attributes: { 'aria-label': t('Candidates') } },
    title,
    table,
  );
  let drawn: WrittenToken | null = null;
  return {
    root,
    update({ snapshot, navigation, preview }) {
      const token = preview ?? navigation.token;
      const { unit } = navigation;
      const side = snapshot.plan === null ? 'target' : writingSide(snapshot.plan);
      const written = token?.side === side ? writtenFor(snapshot, token.index, unit) : null;
      show(root, written !== null);
      if (written === null || token === null) return;
      const listed = listedOf(snapshot, side, unit);
      if (written === drawn) return;
      drawn = written;
      setText(
        title,
        t('Candidates for “{token}”, written at position {position}', {
          token: labelAt(listed, token.index),
          position: token.index,
        }),
      );
      body.replaceChildren(
        ...written.candidates.map((candidate) => {
          const { id, probability } = candidate;
          const bar = element('span', { class: 'cell-bar', attributes: { 'aria-hidden': 'true' } });
          bar.style.setProperty('width', `${100 * probability}%`);
          return element(
            'tr',
            { class: id === written.token.id ? 'written' : '' },
            element(
              'th',
              { class: 'token-name', attributes: { scope: 'row', dir: 'auto' } },
              candidateLabel(candidate, t),
            ),
            element(
              'td',
              { class: 'number' },
              element('span', { class: 'cell-number' }, fourDecimals(probability)),
              element('span', { class: 'cell-track' }, bar),
            ),
          );
        }),
      );
    },
  };
}
