/** A candidate in a list: one that goes on a word bears a mark, and says so. */
import type { Translate } from '../../src/language/translate';
import { JOINT, visibleLabel } from '../../src/navigation/labels';
import type { Candidate } from '../../src/protocol/trace';
import { element } from './element';

export function candidateLabel(
  { label, continues }: Pick<Candidate, 'label' | 'continues'>,
  t: Translate,
): HTMLElement {
  const seen = visibleLabel({ label, piece: label });
  if (continues !== true) return element('span', {}, seen);
  const words = t('goes on the word');
  return element(
    'span',
    { attributes: { title: words } },
    element('span', { class: 'joint', attributes: { 'aria-hidden': 'true' } }, JOINT),
    seen,
    element('span', { class: 'hidden-visually' }, ` (${words})`),
  );
}
