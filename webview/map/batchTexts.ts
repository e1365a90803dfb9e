/** The other sentences of a batch, to be written by the reader. */
import type { Translate } from '../../src/language/translate';
import { MAX_BATCH_CHARACTERS } from '../../src/protocol/studies/normalization';
import { element } from '../parts/element';
import { OTHER_INSTEAD, OTHER_SENTENCES } from './batchSentences';

/** A batch beside the reader's text, and what replaces the last of it. */
export interface BatchWords {
  readonly others: string[];
  readonly instead: string;
}

export class BatchTexts {
  readonly root: HTMLElement;
  private readonly others: readonly HTMLInputElement[];
  private readonly instead: HTMLInputElement;

  /** `changed` is called when a sentence was written, not at every letter: the model runs on it. */
  constructor(t: Translate, changed: () => void) {
    const input = (value: string): HTMLInputElement =>
      element('input', {
        class: 'text-input',
        attributes: { type: 'text', value, maxlength: MAX_BATCH_CHARACTERS, dir: 'auto' },
        on: { change: changed },
      });
    this.others = OTHER_SENTENCES.map(input);
    this.instead = input(OTHER_INSTEAD);
    const line = (words: string, field: HTMLInputElement): HTMLElement =>
      element('label', { class: 'batch-text' }, element('span', {}, words), field);
    this.root = element(
      'div',
      { class: 'batch-texts' },
      ...this.others.map((field, i) => line(t('Sentence {number}', { number: i + 2 }), field)),
      line(t('Sentence {number} becomes', { number: OTHER_SENTENCES.length + 1 }), this.instead),
    );
  }

  /** Null: one of them is empty. */
  value(): BatchWords | null {
    const others = this.others.map(({ value }) => value.trim());
    const instead = this.instead.value.trim();
    return [...others, instead].includes('') ? null : { others, instead };
  }
}
