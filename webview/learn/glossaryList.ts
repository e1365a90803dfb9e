/** The glossary with a field that filters it and links to its parts. */
import type { Translate } from '../../src/language/translate';
import type { Plan } from '../../src/protocol/trace';
import { viewNames, type ViewName } from '../inspector/viewNames';
import type { Commands } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import type { Lesson } from './chapters/chapter';
import { glossary } from './glossary/glossary';
import { termEntry, type TermEntry } from './termEntry';

interface Group {
  readonly heading: HTMLElement;
  readonly jump: HTMLElement;
  readonly entries: readonly TermEntry[];
}

export class GlossaryList {
  readonly root: HTMLElement;
  private readonly field: HTMLInputElement;
  private readonly count = element('span', { class: 'hint', attributes: { role: 'status' } });
  private readonly jumps: HTMLElement;
  private readonly body = element('div', { class: 'terms' });
  private readonly names: Readonly<Record<ViewName, string>>;
  private groups: readonly Group[] = [];
  private lesson: Lesson | null = null;
  private plan: Plan | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.names = viewNames(t);
    this.field = element('input', {
      class: 'term-filter',
      attributes: {
        type: 'search',
        'aria-label': t('Filter the glossary'),
        placeholder: t('Filter'),
      },
      on: { input: () => this.filter() },
    });
    this.jumps = element('nav', {
      class: 'term-jumps',
      attributes: { 'aria-label': t('Parts of the glossary') },
    });
    this.root = element(
      'div',
      { class: 'glossary' },
      element('div', { class: 'term-bar' }, this.field, this.count),
      this.jumps,
      this.body,
    );
  }

  update(lesson: Lesson): void {
    this.lesson = lesson;
    if (lesson.plan !== this.plan) this.fill(lesson);
  }

  private fill(lesson: Lesson): void {
    this.plan = lesson.plan;
    this.groups = glossary.map(({ title, terms }) => {
      const words = title(this.t);
      const heading = element('h4', { attributes: { tabindex: -1 } }, words);
      const jump = element(
        'button',
        {
          class: 'link',
          attributes: { type: 'button' },
          on: {
            click: () => {
              heading.scrollIntoView({ block: 'start' });
              heading.focus({ preventScroll: true });
            },
          },
        },
        words,
      );
      const entries = terms.map((term) =>
        termEntry(term, lesson, this.names, () => {
          if (this.lesson !== null) this.leave(term.where(this.lesson));
        }),
      );
      return { heading, jump, entries };
    });
    this.jumps.replaceChildren(...this.groups.map(({ jump }) => jump));
    this.body.replaceChildren(
      ...this.groups.flatMap(({ heading, entries }) => [
        heading,
        ...entries.map(({ root }) => root),
      ]),
    );
    this.filter();
  }

  /** The button pressed is hidden with this view: the tab of the next one takes the focus. */
  private leave(change: Parameters<Commands['navigate']>[0]): void {
    this.commands.navigate(change);
    document.getElementById(`tab-${change.view}`)?.focus();
  }

  private filter(): void {
    const wanted = this.field.value.trim().toLocaleLowerCase();
    let found = 0;
    let all = 0;
    for (const { heading, jump, entries } of this.groups) {
      const shown = entries.filter(({ text }) => text.includes(wanted));
      for (const entry of entries) show(entry.root, shown.includes(entry));
      show(heading, shown.length > 0);
      show(jump, shown.length > 0);
      found += shown.length;
      all += entries.length;
    }
    setText(
      this.count,
      wanted === ''
        ? this.t('{count} terms', { count: all })
        : this.t('{found} of {count} terms', { found, count: all }),
    );
  }
}
