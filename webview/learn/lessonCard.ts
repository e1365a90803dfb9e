/** The chapter that goes along with the views: a step's words, and the way to the next. */
import type { Translate } from '../../src/language/translate';
import type { Commands, Part, View } from '../inspector/view';
import { iconButton } from '../inspector/viewActions';
import { element, setAttribute, setText, show } from '../parts/element';
import type { Chapter, Lesson } from './chapters/chapter';
import { nextChapter, standingOf, stepTo, type Standing } from './chapters/chapters';
import { formula } from './formula/formulas';
import { Spotlight } from './spotlight';
import { symbolText } from './symbolText';

const TITLE = 'lesson-title';
const WORDS = 'lesson-words';

export class LessonCard implements Part {
  readonly root: HTMLElement;
  private readonly title = element('h2', { class: 'lesson-title', attributes: { id: TITLE } });
  private readonly count = element('span', { class: 'hint lesson-count' });
  private readonly words = element('p', {
    attributes: { id: WORDS, role: 'status', 'aria-live': 'polite' },
  });
  private readonly formulaRoom = element('div');
  private readonly back: HTMLButtonElement;
  private readonly again: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private lesson: Lesson | null = null;
  private standing: Standing | null = null;
  private following: Chapter | null = null;
  private readonly spotlight = new Spotlight(() => this.root.closest('.lesson-slot'));
  /** The reader moved: what the step speaks of is brought into sight when the page has followed. */
  private moved = false;
  private said = '';
  private shownFormula: string | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const button = (name: string, act: () => void, words = ''): HTMLButtonElement =>
      element('button', { class: name, attributes: { type: 'button' }, on: { click: act } }, words);
    this.back = button('action', () => this.go(-1), t('Previous step'));
    this.next = button('action primary', () => this.go(1));
    setAttribute(this.next, 'aria-describedby', WORDS);
    this.again = button('link', () => this.go(0), t('Show again'));
    setAttribute(this.again, 'title', t('Move the views back to what this step is about'));
    const contents = button('link', () => commands.navigate({ view: 'learn' }), t('Contents'));
    const close = iconButton('close', t('Close the chapter (Escape)'), () => this.close());
    this.root = element(
      'section',
      {
        class: 'lesson-card',
        attributes: { 'aria-labelledby': TITLE },
        on: {
          keydown: (event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            this.close();
          },
        },
      },
      element('div', { class: 'lesson-head' }, this.title, this.count, contents, close),
      this.words,
      this.formulaRoom,
      element('div', { class: 'lesson-foot' }, this.back, this.next, this.again),
    );
    this.root.hidden = true;
  }

  update({ t, snapshot, navigation }: View): void {
    const { plan } = snapshot;
    this.lesson = plan === null ? null : { t, snapshot, plan, navigation };
    this.standing = this.lesson === null ? null : standingOf(this.lesson);
    show(this.root, this.standing !== null);
    if (this.lesson === null || this.standing === null) return;
    this.draw(this.lesson, this.standing);
    // Where focus waits until this card is there.
    if (document.hasFocus() && document.activeElement?.classList.contains('lesson-slot')) {
      this.next.focus({ preventScroll: true });
      this.moved = true;
    }
    const step = this.standing.steps[this.standing.at];
    if (!this.moved || step === undefined) return;
    this.moved = false;
    queueMicrotask(() => this.spotlight.on(step));
  }

  private draw(lesson: Lesson, standing: Standing): void {
    const { t } = this;
    const { chapter, steps, at, unfit } = standing;
    const step = steps[at];
    const last = at >= steps.length - 1;
    this.following = last ? nextChapter(lesson, chapter) : null;
    setText(this.title, chapter.title(t));
    setText(
      this.count,
      step === undefined ? '' : t('{step} of {count}', { step: at + 1, count: steps.length }),
    );
    this.say(unfit ?? step?.words ?? '');
    this.back.disabled = at === 0;
    show(this.again, step !== undefined);
    setText(this.next, last ? lastWords(this.following, t) : t('Next step'));
    const wanted = step?.formula ?? null;
    if (wanted === this.shownFormula) return;
    this.shownFormula = wanted;
    this.formulaRoom.replaceChildren(...(wanted === null ? [] : [formula(wanted, t)]));
  }

  /** Only what changed: the words are a live region. */
  private say(words: string): void {
    if (this.said === words) return;
    this.said = words;
    this.words.replaceChildren(...symbolText(words));
  }

  /** To the step so many steps on; after the last one, to the next chapter or back to the contents. */
  private go(by: -1 | 0 | 1): void {
    const { lesson, standing, following } = this;
    if (lesson === null || standing === null) return;
    const { chapter, steps, at } = standing;
    this.moved = true;
    if (at + by < Math.max(1, steps.length))
      this.commands.navigate(stepTo(lesson, chapter, at + by));
    else if (following !== null) this.commands.navigate(stepTo(lesson, following, 0));
    else this.close('learn');
  }

  private close(view = this.lesson?.navigation.view): void {
    if (view === undefined) return;
    this.moved = false;
    this.spotlight.off();
    this.commands.navigate({ lesson: null, view });
    document.getElementById(`tab-${view}`)?.focus();
  }
}

const lastWords = (following: Chapter | null, t: Translate): string =>
  following === null ? t('Finish') : t('Next chapter: {title}', { title: following.title(t) });
