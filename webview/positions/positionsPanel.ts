/** Where a token stands, as the model is told: one view for each way of telling it. */
import type { Translate } from '../../src/language/translate';
import type { Positions } from '../../src/protocol/trace';
import type { Commands, Part, View } from '../inspector/view';
import { element } from '../parts/element';
import { AddedPositions } from './addedPositions';
import { BiasPositions } from './biasPositions';
import { RotaryPositions } from './rotaryPositions';

export class PositionsPanel implements Part {
  readonly root = element('div', { class: 'positions-panel' });
  private part: Part | null = null;
  private kind: Positions['kind'] | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {}

  update(view: View): void {
    const positions = view.snapshot.plan?.model.positionKind ?? null;
    if (positions === null) return;
    if (this.part === null || this.kind !== positions.kind) {
      this.kind = positions.kind;
      this.part = this.make(positions.kind);
      this.root.replaceChildren(this.part.root);
    }
    this.part.update(view);
  }

  private make(kind: Positions['kind']): Part {
    switch (kind) {
      case 'sinusoidal':
      case 'learned':
        return new AddedPositions(this.t, this.commands);
      case 'rotary':
        return new RotaryPositions(this.t, this.commands);
      case 'alibi':
      case 'relativeBias':
        return new BiasPositions(this.t, this.commands);
    }
  }
}
