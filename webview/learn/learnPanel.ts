/** Contents: the chapters, and the glossary below them. */
import type { Translate } from '../../src/language/translate';
import type { Commands, Part, View } from '../inspector/view';
import { card } from '../parts/card';
import { element } from '../parts/element';
import type { Lesson } from './chapters/chapter';
import { ChapterList } from './chapterList';
import { GlossaryList } from './glossaryList';

export class LearnPanel implements Part {
  readonly root: HTMLElement;
  private readonly chapters: ChapterList;
  private readonly terms: GlossaryList;

  constructor(t: Translate, commands: Commands) {
    this.chapters = new ChapterList(t, commands);
    this.terms = new GlossaryList(t, commands);
    this.root = element(
      'div',
      { class: 'learn-panel' },
      card(
        t('Chapters'),
        'wide',
        element(
          'p',
          { class: 'hint' },
          t(
            'After Attention Is All You Need, on your own text and with this model’s numbers. A card above the tabs goes along; each step moves the views.',
          ),
        ),
        this.chapters.root,
      ),
      card(t('Glossary'), 'wide', this.terms.root),
    );
  }

  update({ t, snapshot, navigation }: View): void {
    const { plan } = snapshot;
    if (plan === null) return;
    const lesson: Lesson = { t, snapshot, plan, navigation };
    this.chapters.update(lesson);
    this.terms.update(lesson);
  }
}
