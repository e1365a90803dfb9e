import type { Translate } from '../../src/language/translate';
import type { Commands, Part, View } from '../inspector/view';
import { element } from '../parts/element';

export class WhatIfPanel implements Part {
  readonly root = element('div', { class: 'whatIf-panel' });

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {}

  update(_view: View): void {}
}
