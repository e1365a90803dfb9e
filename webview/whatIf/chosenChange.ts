/** The change that is chosen: its name, the way back, its settings, what it means. */
import type { Translate } from '../../src/language/translate';
import type { Change } from '../../src/protocol/change';
import type { Commands } from '../inspector/view';
import { formula } from '../learn/formula/formulas';
import { element, setText, show } from '../parts/element';
import { changedBadge } from './changedBadge';
import { changeMeaning, changedFormula } from './changeMeaning';
import { ChangeSettings } from './changeSettings';
import { changeTitle } from './changeWords';
import type { Situation } from './choices';

export class ChosenChange {
  readonly root: HTMLElement;
  private readonly title = element('strong', {
    class: 'change-title',
    attributes: { dir: 'auto' },
  });
  private readonly settings: ChangeSettings;
  private readonly meaning = element('p', { class: 'change-meaning' });
  private readonly formulaRoom = element('div', { class: 'change-formula' });
  private formulaName: string | null = null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    this.settings = new ChangeSettings(t, commands);
    const back = element(
      'button',
      {
        class: 'action',
        attributes: { type: 'button', title: t('Take the change back') },
        on: { click: () => commands.navigate({ whatIf: null }) },
      },
      t('As trained'),
    );
    this.root = element(
      'section',
      { class: 'chosen-change', attributes: { 'aria-label': t('The change') } },
      element('div', { class: 'chosen-head' }, changedBadge(t), this.title, back),
      this.settings.root,
      this.meaning,
      this.formulaRoom,
    );
  }

  update(situation: Situation, change: Change | null): void {
    show(this.root, change !== null);
    if (change === null) return;
    const { snapshot } = situation;
    setText(this.title, changeTitle(change, snapshot, this.t));
    setText(this.meaning, changeMeaning(change, snapshot, this.t));
    this.settings.update(situation, change);
    const name = changedFormula(change);
    show(this.formulaRoom, name !== null);
    if (name === this.formulaName) return;
    this.formulaName = name;
    this.formulaRoom.replaceChildren(...(name === null ? [] : [formula(name, this.t)]));
  }
}
