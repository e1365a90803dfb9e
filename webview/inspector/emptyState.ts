/** What to do when nothing has been inspected yet. */
import type { Translate } from '../../src/language/translate';
import { element } from '../parts/element';
import { noticeElement, type Notice } from './notices';

export function createEmptyState(t: Translate, notice: Notice): HTMLElement {
  return element(
    'main',
    { class: 'empty' },
    element('div', { attributes: { role: 'status' } }, noticeElement(notice, t)),
    element('h1', { class: 'empty-title' }, t('Nothing inspected yet')),
    element('p', {}, t('Select a sentence in an editor and run “Headlight: Inspect Selection”.')),
    element(
      'p',
      { class: 'hint' },
      t(
        'Two selections are read as a pair, the upper one first: a question, then the text it is about.',
      ),
    ),
    element(
      'p',
      { class: 'hint' },
      `${t('Keyboard:')} `,
      element('kbd', {}, 'Ctrl+Alt+H'),
      ` · ${t('Command Palette:')} `,
      element('kbd', {}, 'F1'),
    ),
  );
}
