/** A part that is made when it is first shown: nobody waits for views that are never opened. */
import type { Part, View } from '../inspector/view';
import { element } from './element';

export function lazyPart(make: () => Part): Part {
  const root = element('div');
  let part: Part | null = null;
  return {
    root,
    update(view: View) {
      if (part === null) {
        part = make();
        root.replaceChildren(part.root);
      }
      part.update(view);
    },
  };
}
