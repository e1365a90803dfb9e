/** The chapters by title; those that the loaded model has nothing to show for say why. */
import type { Translate } from '../../src/language/translate';
import type { Plan } from '../../src/protocol/trace';
import type { Commands } from '../inspector/view';
import { element, setAttribute } from '../parts/element';
import type { Chapter, Lesson } from './chapters/chapter';
import { chapters, stepTo } from './chapters/chapters';
import { symbolText } from './symbolText';

export class ChapterList {
  readonly root = element('ol', { class: 'chapter-list' });
  private lesson: Lesson | null = null;
  private plan: Plan | null = null;
  private readonly items = new Map<string, HTMLElement>();

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {}

  update(lesson: Lesson): void {
    this.lesson = lesson;
    if (lesson.plan !== this.plan) this.fill(lesson.plan);
    for (const [id, item] of this.items)
      setAttribute(item, 'aria-current', lesson.navigation.lesson?.chapter === id && 'step');
  }

  private fill(plan: Plan): void {
    this.plan = plan;
    this.items.clear();
    for (const chapter of chapters) this.items.set(chapter.id, this.item(chapter, plan));
    this.root.replaceChildren(...this.items.values());
  }

  private item(chapter: Chapter, plan: Plan): HTMLElement {
    const { t } = this;
    const unfit = chapter.unfit(plan.model, t);
    const title = chapter.title(t);
    const name =
      unfit === null
        ? element(
            'button',
            {
              class: 'link',
              attributes: { type: 'button' },
              on: { click: () => this.start(chapter) },
            },
            title,
          )
        : element('span', { class: 'unfit' }, title);
    return element(
      'li',
      {},
      name,
      element('p', { class: 'hint' }, ...symbolText(unfit ?? chapter.about(t))),
    );
  }

  private start(chapter: Chapter): void {
    if (this.lesson !== null) this.commands.navigate(stepTo(this.lesson, chapter, 0));
  }
}
