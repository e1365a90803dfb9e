/** A field with its name, its explanation, and words beside it when what it holds is wrong. */
import type { Translate } from '../../../src/language/translate';
import { element, setAttribute, setText, show } from '../../parts/element';
import type { SettingWords } from './settingWords';

/** What a number field hands over when what was typed is no number. */
const NO_NUMBER = 'NaN';

export interface FieldOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly kind: 'number' | 'text';
  readonly placeholder?: string;
  /** Behind the field: its unit, a button. */
  readonly after?: HTMLElement | string;
  readonly longest?: number;
}

/** What a control stands in, and what stands behind it. */
export interface Surroundings {
  readonly around?: HTMLElement;
  readonly after?: HTMLElement | string | null;
}

/** What every setting has around its control. */
export class SettingFrame {
  readonly root: HTMLElement;
  private readonly dot: HTMLElement;
  private readonly wrong: HTMLElement;

  constructor(
    t: Translate,
    private readonly words: SettingWords,
    readonly control: HTMLElement,
    id: string,
    { around = control, after = null }: Surroundings = {},
  ) {
    const labelled = control.matches('input, select, textarea');
    this.dot = element(
      'span',
      {
        class: 'setting-changed',
        attributes: { hidden: true, title: t('Not yet written like this') },
      },
      element('span', { class: 'hidden-visually' }, ` (${t('changed')})`),
    );
    this.wrong = element('span', {
      class: 'setting-wrong',
      attributes: { id: `${id}-wrong`, role: 'alert', hidden: true },
    });
    const meaning = element(
      'span',
      { class: 'hidden-visually', attributes: { id: `${id}-meaning` } },
      words.meaning,
    );
    setAttribute(control, 'id', id);
    if (!labelled) {
      setAttribute(control, 'role', 'group');
      setAttribute(control, 'aria-label', words.name);
    }
    setAttribute(control, 'aria-describedby', `${id}-meaning ${id}-wrong`);
    this.root = element(
      'div',
      {
        class: 'writing-setting',
        attributes: { title: words.meaning, 'data-meaning': words.meaning },
      },
      labelled
        ? element('label', { class: 'setting-name', attributes: { for: id } }, words.name, this.dot)
        : element('span', { class: 'setting-name' }, words.name, this.dot),
      element('span', { class: 'setting-control' }, around, after),
      this.wrong,
      meaning,
    );
  }

  /** Marks what is not written like this yet, and what cannot be. */
  mark(changed: boolean, wrong: boolean): void {
    show(this.dot, changed);
    this.root.classList.toggle('changed', changed);
    this.root.classList.toggle('wrong', wrong);
    setAttribute(this.control, 'aria-invalid', wrong ? 'true' : null);
    show(this.wrong, wrong);
    setText(this.wrong, wrong ? this.words.allowed : '');
  }
}

export class SettingField {
  readonly frame: SettingFrame;
  private readonly input: HTMLInputElement;

  constructor(
    t: Translate,
    words: SettingWords,
    { id, kind, placeholder = '', after, longest }: FieldOptions,
    changed: (text: string) => void,
  ) {
    this.input = element('input', {
      class: 'setting-input',
      attributes: {
        type: kind,
        step: kind === 'number' ? 'any' : null,
        placeholder,
        spellcheck: 'false',
        autocomplete: 'off',
        dir: kind === 'text' ? 'auto' : null,
        maxlength: longest ?? null,
      },
      on: { input: () => changed(this.input.validity.badInput ? NO_NUMBER : this.input.value) },
    });
    this.frame = new SettingFrame(t, words, this.input, id, { after: after ?? null });
  }

  set(text: string): void {
    if (text !== NO_NUMBER && this.input.value !== text) this.input.value = text;
  }

  setPlaceholder(words: string): void {
    setAttribute(this.input, 'placeholder', words);
  }
}
