import { translator } from '../../src/language/translate';
import type { ViewName } from '../inspector/viewNames';
import { element } from '../parts/element';
import type { Lesson } from './chapters/chapter';
import { formula } from './formula/formulas';
import type { Term } from './glossary/term';
import { symbolText } from './symbolText';

export interface TermEntry {
  readonly root: HTMLElement;
  /** What a filter searches, in lower case: the name in both languages, and what is said of it. */
  readonly text: string;
}

/** Papers speak English: its term stands beside the reader's. */
const english = translator({});

export function termEntry(
  term: Term,
  lesson: Lesson,
  names: Readonly<Record<ViewName, string>>,
  onShow: () => void,
): TermEntry {
  const { t, plan } = lesson;
  const name = term.name(t);
  const original = term.name(english);
  const says = term.says(t);
  const unfit = term.unfit?.(plan.model, t) ?? null;
  const { view } = term.where(lesson);
  const set = term.formula?.(plan.model);
  const foot =
    unfit === null
      ? element(
          'button',
          {
            class: 'link',
            attributes: {
              type: 'button',
              'aria-label': t('{term}: show in “{view}”', { term: name, view: names[view] }),
            },
            on: { click: onShow },
          },
          t('Show in “{view}”', { view: names[view] }),
        )
      : element('p', { class: 'hint unfit' }, ...symbolText(unfit));
  const root = element(
    'section',
    { class: 'term', attributes: { id: `term-${term.id}` } },
    element(
      'h5',
      {},
      ...symbolText(name),
      original === name
        ? null
        : element('span', { class: 'hint', attributes: { lang: 'en' } }, ...symbolText(original)),
    ),
    element('p', {}, ...symbolText(says)),
    set === undefined ? null : formula(set, t),
    foot,
  );
  return { root, text: `${name}\n${original}\n${says}`.toLocaleLowerCase() };
}
