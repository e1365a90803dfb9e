/** A step: its number, its name, its formula, what is said of it, its numbers, and how exactly they follow from the step before. */
import type { Translate } from '../../src/language/translate';
import { formula, type FormulaName } from '../learn/formula/formulas';
import { element, setText, show } from '../parts/element';

export class StepPane {
  readonly root: HTMLElement;
  private readonly title = element('h3', { class: 'small-title step-title' });
  private readonly formulas = element('div', { class: 'step-formulas' });
  private readonly words = element('p', { class: 'step-words' });
  private readonly exact = element('p', { class: 'hint step-exact' });
  private drawn = '';

  constructor(
    private readonly t: Translate,
    private readonly number: number,
    ...body: readonly HTMLElement[]
  ) {
    this.root = element(
      'section',
      { class: 'card step' },
      this.title,
      this.formulas,
      this.words,
      ...body,
      this.exact,
    );
  }

  update(content: {
    readonly title: string;
    readonly formulas: readonly FormulaName[];
    readonly words: string;
    /** Largest difference from the model's own numbers; null: nothing is derived here. */
    readonly difference: number | null;
  }): void {
    const { title, formulas, words, difference } = content;
    setText(this.title, `${this.number} · ${title}`);
    setText(this.words, words);
    show(this.words, words !== '');
    show(this.exact, difference !== null);
    if (difference !== null)
      setText(
        this.exact,
        difference === 0
          ? this.t('Recomputed from the step before: exactly the model’s own numbers.')
          : this.t(
              'Recomputed from the step before: at most {difference} from the model’s own numbers.',
              { difference: difference.toExponential(1) },
            ),
      );
    const wanted = formulas.join();
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.formulas.replaceChildren(...formulas.map((name) => formula(name, this.t)));
  }
}
