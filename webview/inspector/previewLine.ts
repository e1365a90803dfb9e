/** One quiet line about the preview of a run: that its numbers are shown, how far they were off, why there is none. */
import type { Translate } from '../../src/language/translate';
import { previewSentence } from '../../src/navigation/approximate';
import { element, setText, show } from '../parts/element';
import type { Part } from './view';

export function createPreviewLine(t: Translate): Part {
  const root = element('p', { class: 'hint preview-line' });
  return {
    root,
    update({ snapshot }) {
      const words = previewSentence(snapshot, t);
      setText(root, words ?? '');
      show(root, words !== null);
    },
  };
}
