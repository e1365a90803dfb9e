/** Words on a tinted, underlined ground: a category told by its name, its colour and its line. */
import { element } from './element';

export interface Mark {
  /** As CSS reads it: a chart colour of the theme. */
  readonly colour: string;
  /** Where there are more categories than colours, the line tells those of one colour apart. */
  readonly line: 'solid' | 'dashed' | 'double';
}

export function markElement(text: string, mark: Mark, kind = ''): HTMLElement {
  const made = element('span', { class: `mark ${mark.line} ${kind}`.trim() }, text);
  made.style.setProperty('--mark', mark.colour);
  return made;
}
