/** Which key's score is taken apart: a list beside the sentence that says what its weight is. */
import type { Translate } from '../../src/language/translate';
import { fourDecimals } from '../../src/navigation/names';
import { numbersOf } from '../../src/protocol/wireTensor';
import type { Commands } from '../inspector/view';
import { element, setText } from '../parts/element';
import { isSeen, type Shown } from './shown';

/** Stands for the heaviest key. */
const HEAVIEST = '';

export class KeyPicker {
  readonly root: HTMLElement;
  private readonly said = element('p', { class: 'step-question', attributes: { dir: 'auto' } });
  private readonly select: HTMLSelectElement;
  private listed = '';

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.select = element('select', {
      attributes: { 'aria-label': t('Key taken apart') },
      on: {
        change: () => {
          const { value } = this.select;
          commands.navigate({ key: value === HEAVIEST ? null : Number(value) });
        },
      },
    });
    this.root = element(
      'div',
      { class: 'step-head' },
      this.said,
      element(
        'div',
        { class: 'step-key' },
        element('span', { attributes: { 'aria-hidden': 'true' } }, t('Key')),
        this.select,
      ),
    );
  }

  update(shown: Shown): void {
    const { t } = this;
    const { steps, asked, query, key, keys } = shown;
    const weights = numbersOf(steps.weights);
    setText(
      this.said,
      isSeen(shown, steps.key)
        ? t('Why is the weight from “{query}” to “{key}” {weight}?', {
            query,
            key,
            weight: fourDecimals(weights[steps.key] ?? 0),
          })
        : t('Why does “{query}” not look at “{key}”?', { query, key }),
    );
    const { stack, layer, head } = asked;
    const place = JSON.stringify([
      shown.view.snapshot.trace,
      stack,
      layer,
      head,
      asked.query,
      keys,
    ]);
    if (place !== this.listed) {
      this.listed = place;
      const option = (value: string, words: string): HTMLElement =>
        element('option', { attributes: { value } }, words);
      this.select.replaceChildren(
        option(HEAVIEST, t('the heaviest')),
        ...keys.map((label, i) =>
          option(
            String(i),
            isSeen(shown, i)
              ? `${label} · ${fourDecimals(weights[i] ?? 0)}`
              : `${label} · ${t('not visible')}`,
          ),
        ),
      );
    }
    this.select.value = asked.key === null ? HEAVIEST : String(asked.key);
  }
}
