/** The mark of everything that is not as trained. */
import type { Translate } from '../../src/language/translate';
import { element } from '../parts/element';

export const changedBadge = (t: Translate): HTMLElement =>
  element('span', { class: 'badge changed-badge' }, t('changed'));
