import type { Translate } from '../../src/language/translate';
import type { Commands, Part, View } from '../inspector/view';
import { element } from '../parts/element';

export class StepsPanel implements Part {
  readonly root = element('div', { class: 'steps-panel' });

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {}

  update(_view: View): void {}
}
