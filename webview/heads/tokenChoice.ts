/** The token whose logit is taken apart: the one that was written, or another likely one. */
import type { Translate } from '../../src/language/translate';
import { candidateName } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import type { Candidate } from '../../src/protocol/trace';
import { element, setAttribute } from '../parts/element';

/** The token that stands there, and words that say so. */
export type ActualToken = Candidate & { readonly mark: string };

export class TokenChoice {
  readonly root: HTMLElement;
  private buttons: readonly (readonly [id: number, button: HTMLButtonElement])[] = [];
  private key = '';

  constructor(
    private readonly t: Translate,
    private readonly choose: (id: number) => void,
  ) {
    this.root = element('div', {
      class: 'token-choice',
      attributes: { role: 'group', 'aria-label': t('Token whose logit is taken apart') },
    });
  }

  update(candidates: readonly Candidate[], actual: ActualToken | null, chosen: Candidate): void {
    const listed = [actual, ...candidates, chosen].filter((one) => one !== null);
    const all = [...new Map(listed.map((one) => [one.id, one])).values()];
    const key = JSON.stringify([all, actual]);
    if (key !== this.key) {
      this.buttons = all.map((one) => [
        one.id,
        this.button(one, one.id === actual?.id ? actual.mark : null),
      ]);
      this.root.replaceChildren(...this.buttons.map(([, button]) => button));
    }
    this.key = key;
    for (const [id, button] of this.buttons)
      setAttribute(button, 'aria-pressed', String(id === chosen.id));
  }

  private button(candidate: Candidate, mark: string | null): HTMLButtonElement {
    const { t } = this;
    return element(
      'button',
      {
        class: 'choice',
        attributes: {
          type: 'button',
          title:
            mark !== null
              ? t('The token that stands there; its probability beside it')
              : t('A token the model might say instead; its probability beside it'),
        },
        on: { click: () => this.choose(candidate.id) },
      },
      element(
        'span',
        { class: 'choice-name', attributes: { dir: 'auto' } },
        candidateName(candidate),
      ),
      element('span', { class: 'choice-number' }, fourDecimals(candidate.probability)),
      mark === null ? null : element('span', { class: 'choice-mark' }, mark),
    );
  }
}
