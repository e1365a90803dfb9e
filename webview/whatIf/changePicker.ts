/** All changes by group, as buttons; those that the model cannot have say why. */
import type { Translate } from '../../src/language/translate';
import type { Change } from '../../src/protocol/change';
import type { Commands } from '../inspector/view';
import { element, setAttribute, setText, show } from '../parts/element';
import {
  changeFor,
  choiceGroups,
  choiceOf,
  whyNot,
  type ChoiceName,
  type Situation,
} from './choices';

interface Entry {
  readonly name: ChoiceName;
  readonly button: HTMLButtonElement;
  readonly reason: HTMLElement;
}

export class ChangePicker {
  readonly root: HTMLElement;
  private readonly entries: readonly Entry[];
  private situation: Situation | null = null;
  private change: Change | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    const groups = choiceGroups(t).map(({ title, choices }) => {
      const entries = choices.map(([name, words]) => this.entry(name, words));
      const root = element(
        'div',
        { class: 'change-group', attributes: { role: 'group', 'aria-label': title } },
        element(
          'span',
          { class: 'change-group-name', attributes: { 'aria-hidden': 'true' } },
          title,
        ),
        element(
          'div',
          { class: 'change-choices' },
          ...entries.map(({ button }) => button),
          ...entries.map(({ reason }) => reason),
        ),
      );
      return { root, entries };
    });
    this.entries = groups.flatMap(({ entries }) => entries);
    this.root = element('div', { class: 'change-groups' }, ...groups.map(({ root }) => root));
  }

  update(situation: Situation, change: Change | null): void {
    this.situation = situation;
    this.change = change;
    const chosen = change === null ? null : choiceOf(change);
    for (const { name, button, reason } of this.entries) {
      const why = whyNot(name, situation, this.t);
      // Not `disabled`: the keyboard reaches it, and hears why.
      setAttribute(button, 'aria-disabled', why === null ? null : 'true');
      setAttribute(button, 'aria-pressed', String(name === chosen));
      setText(reason, why ?? '');
      show(reason, why !== null);
    }
  }

  private entry(name: ChoiceName, words: string): Entry {
    const id = `why-not-${name}`;
    const button = element(
      'button',
      {
        class: 'change-choice',
        attributes: { type: 'button', 'aria-describedby': id },
        on: { click: () => this.choose(name) },
      },
      words,
    );
    const reason = element('p', { class: 'hint', attributes: { id, hidden: true } });
    return { name, button, reason };
  }

  /** Choosing what is chosen goes back to the model as trained. */
  private choose(name: ChoiceName): void {
    const { situation, change } = this;
    if (situation === null || whyNot(name, situation, this.t) !== null) return;
    const same = change !== null && choiceOf(change) === name;
    this.commands.navigate({ whatIf: same ? null : changeFor(name, situation) });
  }
}
