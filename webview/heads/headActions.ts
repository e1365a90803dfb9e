/** What happens without a head, or with it alone: two ways into the what-if view. */
import type { Translate } from '../../src/language/translate';
import { shortName } from '../../src/navigation/names';
import type { HeadAddress } from '../../src/protocol/headProfile';
import type { Commands } from '../inspector/view';
import { element, setText, show } from '../parts/element';

export class HeadActions {
  readonly root: HTMLElement;
  private readonly mute: HTMLButtonElement;
  private readonly solo: HTMLButtonElement;
  private readonly hint: HTMLElement;
  private head: HeadAddress | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const button = (act: (head: HeadAddress) => void): HTMLButtonElement =>
      element('button', {
        class: 'small',
        attributes: { type: 'button' },
        on: { click: () => this.head && act(this.head) },
      });
    this.mute = button((head) =>
      commands.navigate({ whatIf: { kind: 'muted', heads: [head] }, view: 'whatIf' }),
    );
    this.solo = button((head) =>
      commands.navigate({ whatIf: { kind: 'soloed', head }, view: 'whatIf' }),
    );
    this.hint = element(
      'span',
      { class: 'hint' },
      t('Choose a head to mute it, or to hear it alone.'),
    );
    this.root = element('div', { class: 'head-actions' }, this.mute, this.solo, this.hint);
  }

  update(head: HeadAddress | null): void {
    this.head = head;
    show(this.mute, head !== null);
    show(this.solo, head !== null);
    show(this.hint, head === null);
    if (head === null) return;
    const name = shortName(head, this.t);
    setText(this.mute, this.t('What if {head} is muted?', { head: name }));
    setText(this.solo, this.t('What if the layer has only {head}?', { head: name }));
  }
}
