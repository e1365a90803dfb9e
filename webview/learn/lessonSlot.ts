/** The place above the tabs where a chapter's card stands; its code is loaded with the first chapter. */
import type { Translate } from '../../src/language/translate';
import type { Commands, Part } from '../inspector/view';
import { element, show } from '../parts/element';
import { lazyPart } from '../parts/lazyPart';

export function lessonSlot(t: Translate, commands: Commands): Part {
  const card = lazyPart(t, async () => {
    const { laterViews } = await import('../inspector/laterViews');
    return new laterViews.lesson(t, commands);
  });
  const root = element('div', { class: 'lesson-slot', attributes: { tabindex: -1 } }, card.root);
  root.hidden = true;
  return {
    root,
    update(view) {
      const { lesson, view: shown } = view.navigation;
      const ends = !root.hidden && lesson === null;
      show(root, lesson !== null);
      // Begun from the contents, which are about to be hidden: the card takes the focus from here.
      if (lesson !== null && shown !== 'learn' && document.activeElement?.closest('.chapter-list'))
        root.focus({ preventScroll: true });
      if (ends || lesson !== null) card.update(view);
    },
  };
}
