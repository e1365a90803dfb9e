/** The cards about pairs of dimensions, which share two questions: formula, clocks, rotations. */
import { describeFailure, type Translate } from '../../src/language/translate';
import type { Commands } from '../inspector/view';
import { element, setText, show } from '../parts/element';
import { Clocks } from './clocks';
import { FormulaCard } from './formulaCard';
import type { PairSight } from './pairSight';
import type { PlaceChoice } from './placeChoice';
import { ShiftCard } from './shiftCard';
import { TraceQuestion } from './traceQuestion';

export class PairCards {
  readonly formula: FormulaCard;
  readonly clocks: Clocks;
  readonly shift: ShiftCard;
  readonly waiting = element('p', { class: 'waiting' });
  private readonly waves: TraceQuestion<'positionWaves'>;
  private readonly step: TraceQuestion<'positionShift'>;

  constructor(
    private readonly t: Translate,
    ask: Commands['ask'],
    choice: PlaceChoice,
    changed: () => void,
  ) {
    this.formula = new FormulaCard(t, choice);
    this.clocks = new Clocks(t, choice);
    this.shift = new ShiftCard(t, choice);
    this.waves = new TraceQuestion(ask, 'positionWaves', changed);
    this.step = new TraceQuestion(ask, 'positionShift', changed);
  }

  update(sight: PairSight): void {
    const { view, side, positions, place, limits, tokens } = sight;
    const { position, step } = place;
    const hasWaves = positions.kind !== 'learned';
    const waves = this.waves.want(view, hasWaves ? { side, position } : null, tokens);
    // So that both ends of the step have a row.
    const last = limits.rows === null ? position : Math.max(0, limits.rows - 1 - step);
    const from = Math.min(position, last);
    const shift = this.step.want(view, { side, position: from, shift: step }, tokens);
    const sinusoidal = positions.kind === 'sinusoidal';
    show(this.formula.root, sinusoidal && waves.answer !== null);
    show(this.clocks.root, hasWaves && waves.answer !== null);
    show(this.shift.root, shift.answer !== null);
    const failure = waves.failure ?? shift.failure;
    setText(this.waiting, failure === null ? '' : describeFailure(failure, this.t));
    show(this.waiting, failure !== null);
    if (waves.answer !== null && waves.answered !== null) {
      const at = waves.answered.position;
      this.clocks.update(sight, waves.answer, at);
      if (positions.kind === 'sinusoidal')
        this.formula.update(sight, waves.answer, at, positions.layout);
    }
    if (shift.answer !== null && shift.answered !== null)
      this.shift.update(sight, shift.answer, shift.answered);
  }
}
