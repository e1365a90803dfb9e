/** Where the reader types an output for the model to read. */
import type { Translate } from '../../../src/language/translate';
import { element, setText, show } from '../../parts/element';

export class ForcedForm {
  readonly root: HTMLFormElement;
  private readonly field: HTMLTextAreaElement;
  private readonly take: HTMLButtonElement;
  private readonly force: HTMLButtonElement;
  private readonly behind = element('p', { class: 'hint' });
  private output = '';

  constructor(
    private readonly t: Translate,
    private readonly given: (text: string) => void,
  ) {
    this.field = element('textarea', {
      class: 'forced-text',
      attributes: { rows: 2, dir: 'auto', spellcheck: 'false' },
      on: {
        input: () => this.enable(),
        keydown: (event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          this.submit();
        },
      },
    });
    this.take = element(
      'button',
      {
        class: 'action',
        attributes: { type: 'button' },
        on: {
          click: () => {
            this.field.value = this.output;
            this.enable();
            this.field.focus();
          },
        },
      },
      t('Take the output on screen'),
    );
    this.force = element(
      'button',
      { class: 'action primary', attributes: { type: 'submit', title: 'Ctrl+Enter' } },
      t('Force it'),
    );
    this.root = element(
      'form',
      {
        class: 'forced-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.submit();
          },
        },
      },
      element(
        'label',
        { class: 'forced-label' },
        element('span', {}, t('Your own output')),
        this.field,
      ),
      this.behind,
      element('div', { class: 'actions' }, this.force, this.take),
    );
    this.enable();
  }

  /** @param continues whether the output goes on with the reader's text */
  update(output: string, continues: boolean): void {
    this.output = output;
    this.take.disabled = output === '';
    show(this.behind, continues);
    if (continues)
      setText(
        this.behind,
        this.t('It stands right behind your text: begin with a space where a new word begins.'),
      );
  }

  private enable(): void {
    this.force.disabled = this.field.value.trim() === '';
  }

  private submit(): void {
    if (!this.force.disabled) this.given(this.field.value);
  }
}
