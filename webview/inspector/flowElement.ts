/** What stands between the chips of a text: gaps, line breaks, characters without a token, captions. */
import type { Translate } from '../../src/language/translate';
import { visibleText } from '../../src/navigation/labels';
import type { FlowItem } from '../drawing/tokenFlow';
import { element } from '../parts/element';
import { partName } from './chipFacts';

/** For the eye alone: a list of options holds nothing but options. */
const hidden = { 'aria-hidden': 'true' } as const;

export function flowElement(item: Exclude<FlowItem, { kind: 'token' }>, t: Translate): HTMLElement {
  switch (item.kind) {
    case 'gap':
      return element('span', { class: 'gap', attributes: hidden });
    case 'break':
      return element(
        'span',
        { class: item.sign ? 'break sign' : 'break', attributes: hidden },
        item.sign ? '↵' : '',
      );
    case 'text':
      return element('span', { class: 'loose', attributes: hidden }, visibleText(item.text));
    case 'part':
      // The chip after it says so to screen readers.
      return element(
        'span',
        { class: `part part-${item.part}`, attributes: hidden },
        partName(item.part, t),
      );
  }
}
