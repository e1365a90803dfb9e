/** Back and forward, pin, link: what can be done with the view as a whole. */
import type { Translate } from '../../src/language/translate';
import { element, setAttribute } from '../parts/element';
import { icon, type IconName } from '../parts/icon';
import type { Commands, Part } from './view';

/** A button that is only a picture: its name is its tooltip. */
export function iconButton(name: IconName, words: string, act: () => void): HTMLButtonElement {
  return element(
    'button',
    {
      class: 'icon-button',
      attributes: { type: 'button', 'aria-label': words, title: words },
      on: { click: act },
    },
    icon(name),
  );
}

export function createViewActions(t: Translate, commands: Commands): Part {
  const back = iconButton('back', t('Back (Alt+Left)'), () => commands.go('back'));
  const forward = iconButton('forward', t('Forward (Alt+Right)'), () => commands.go('forward'));
  let pinned = false;
  const pin = iconButton('pin', t('Pin this view to compare it with others'), () =>
    commands.pin(pinned ? 'unpin' : 'pin'),
  );
  const link = iconButton('link', t('Copy a link to this view'), () => commands.copyLink());
  setAttribute(back, 'aria-keyshortcuts', 'Alt+ArrowLeft');
  setAttribute(forward, 'aria-keyshortcuts', 'Alt+ArrowRight');
  return {
    root: element(
      'div',
      { class: 'view-actions', attributes: { role: 'toolbar', 'aria-label': t('This view') } },
      back,
      forward,
      pin,
      link,
    ),
    update({ snapshot, reader }) {
      pinned = reader.pinned !== null;
      back.disabled = !reader.canGoBack;
      forward.disabled = !reader.canGoForward;
      pin.disabled = snapshot.plan === null && !pinned;
      link.disabled = snapshot.plan === null;
      setAttribute(pin, 'aria-pressed', String(pinned));
      setAttribute(pin, 'title', pinned ? t('Let the pinned view go') : pin.ariaLabel);
    },
  };
}
