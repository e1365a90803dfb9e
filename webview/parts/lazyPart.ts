/** A part whose code is loaded when it is first shown: nobody waits for views that are never opened. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { Failure } from '../../src/failure/failure';
import type { Part, View } from '../inspector/view';
import { element } from './element';

export function lazyPart(t: Translate, load: () => Promise<Part>): Part {
  const root = element('div');
  let part: Part | null = null;
  let loading = false;
  let newest: View | null = null;
  const begin = async (): Promise<void> => {
    loading = true;
    try {
      part = await load();
      root.replaceChildren(part.root);
      if (newest !== null) part.update(newest);
    } catch (thrown) {
      const words = describeFailure(Failure.from(thrown).toWire(), t);
      root.replaceChildren(
        element('p', { class: 'waiting', attributes: { role: 'alert' } }, words),
      );
    } finally {
      loading = false;
    }
  };
  return {
    root,
    update(view) {
      newest = view;
      if (part !== null) part.update(view);
      else if (!loading) void begin();
    },
  };
}
