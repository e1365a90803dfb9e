/** The output written anew with the change, beside the output as trained. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { visibleLabel, visibleText } from '../../src/navigation/labels';
import type { Answer } from '../../src/protocol/queries';
import type { Token } from '../../src/protocol/trace';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import type { Known } from '../inspector/latest';
import { card } from '../parts/card';
import { element, setText, show } from '../parts/element';
import { changedBadge } from './changedBadge';

export class ChangedText {
  readonly root: HTMLElement;
  private readonly before = element('p', { class: 'output-text', attributes: { dir: 'auto' } });
  private readonly now = element('p', { class: 'output-text', attributes: { dir: 'auto' } });
  private readonly said = element('p');
  private readonly content: HTMLElement;
  private readonly why = element('p', { class: 'hint' });
  private readonly progress: HTMLElement;
  private shown: Answer<'whatIfText'> | null = null;

  /** @param state shows how the answer comes along */
  constructor(
    private readonly t: Translate,
    state: HTMLElement,
  ) {
    this.progress = element('div', {}, state);
    this.content = element(
      'div',
      { class: 'both-texts' },
      this.said,
      element('h4', { class: 'text-name' }, t('As trained')),
      this.before,
      element('h4', { class: 'text-name' }, t('Written anew'), changedBadge(t)),
      this.now,
    );
    this.root = card(t('The output, written anew'), '', this.progress, this.why, this.content);
  }

  update({ answer, failure }: Known<'whatIfText'>, snapshot: TraceSnapshot): void {
    const { t } = this;
    // That a change means nothing here is no failure that trying again would mend.
    const told = failure?.code.startsWith('change.') === true ? failure : null;
    show(this.progress, told === null);
    show(this.why, told !== null);
    setText(this.why, told === null ? '' : describeFailure(told, t));
    show(this.content, answer !== null && failure === null);
    if (answer === null || answer === this.shown) return;
    this.shown = answer;
    setText(this.before, visibleText(snapshot.output));
    setText(this.said, this.words(answer, snapshot));
    const first = answer.firstDifference ?? answer.tokens.length;
    const last = answer.tokens[first]?.token.span ?? null;
    const from = last === null ? answer.text.length : last[0];
    this.now.replaceChildren(
      visibleText(answer.text.slice(0, from)),
      element('mark', { class: 'differs' }, visibleText(answer.text.slice(from))),
      answer.ended ? '' : ' …',
    );
  }

  private words(
    { firstDifference, tokens, ended }: Answer<'whatIfText'>,
    { written }: TraceSnapshot,
  ): string {
    const { t } = this;
    if (firstDifference === null)
      return t('The model still writes the very same {count} tokens.', { count: tokens.length });
    const name = (all: readonly { readonly token: Token }[]): string => {
      const found = all[firstDifference];
      return found === undefined ? t('nothing') : `“${visibleLabel(found.token)}”`;
    };
    const differs = t(
      'The first token that differs is number {number}: {now} instead of {before}.',
      {
        number: firstDifference + 1,
        now: name(tokens),
        before: name(written),
      },
    );
    if (ended) return differs;
    const cut = t('It did not end by itself and was cut off after {count} tokens.', {
      count: tokens.length,
    });
    return `${differs} ${cut}`;
  }
}
