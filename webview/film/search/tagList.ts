/** Texts as tags that can be taken away, and a field for more of them. */
import type { Translate } from '../../../src/language/translate';
import { visibleText } from '../../../src/navigation/labels';
import { element } from '../../parts/element';
import { hasFocusWithin } from '../../parts/focusWithin';
import { icon } from '../../parts/icon';
import { listedTexts } from './searchForm';

/** A tag with a button that takes it away. */
export function removableTag(
  t: Translate,
  text: string,
  detail: string,
  remove: () => void,
): HTMLElement {
  const seen = visibleText(text);
  return element(
    'span',
    { class: 'writing-tag' },
    element('bdi', { class: 'writing-tag-text' }, seen),
    detail === '' ? null : element('span', { class: 'writing-tag-detail' }, ` ${detail}`),
    element(
      'button',
      {
        class: 'writing-tag-remove',
        attributes: { type: 'button', 'aria-label': t('Take “{text}” away', { text: seen }) },
        on: { click: remove },
      },
      icon('close'),
    ),
  );
}

export class TagList {
  readonly root: HTMLElement;
  /** Several lines may be pasted: a field of one line would run them together. */
  readonly field: HTMLTextAreaElement;
  private readonly row = element('span', { class: 'writing-tags' });
  private texts: readonly string[] = [];
  private drawn = '[]';

  constructor(
    private readonly t: Translate,
    private readonly changed: (texts: readonly string[]) => void,
  ) {
    this.field = element('textarea', {
      class: 'setting-input',
      attributes: {
        rows: 1,
        dir: 'auto',
        spellcheck: 'false',
        placeholder: t('a text, then Enter'),
      },
      on: {
        keydown: (event) => this.keydown(event),
        input: () => {
          if (this.field.value.includes('\n')) this.add();
        },
        // What was typed and not ended with Enter counts too.
        change: () => this.add(),
      },
    });
    this.root = element('span', { class: 'writing-tag-list' }, this.row, this.field);
  }

  set(texts: readonly string[]): void {
    this.texts = texts;
    const key = JSON.stringify(texts);
    if (key === this.drawn) return;
    this.drawn = key;
    const focused = hasFocusWithin(this.row);
    this.row.replaceChildren(
      ...texts.map((text) =>
        removableTag(this.t, text, '', () =>
          this.changed(this.texts.filter((other) => other !== text)),
        ),
      ),
    );
    // The button that had the keyboard is gone.
    if (focused) this.field.focus();
  }

  private keydown(event: KeyboardEvent): void {
    const { key, isComposing } = event;
    if (isComposing) return;
    if (key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      // With nothing typed, Enter means the form.
      if (this.field.value.trim() === '') this.field.form?.requestSubmit();
      else this.add();
    } else if (key === 'Backspace' && this.field.value === '' && this.texts.length > 0) {
      this.changed(this.texts.slice(0, -1));
    }
  }

  private add(): void {
    const added = listedTexts(this.field.value);
    this.field.value = '';
    const known = new Set(this.texts);
    if (added.length > 0)
      this.changed([...this.texts, ...added.filter((text) => !known.has(text))]);
  }
}
