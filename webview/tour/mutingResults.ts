/** The experiment on the heads that turn: offered, explained where it cannot be made, and its outcome. */
import type { Translate } from '../../src/language/translate';
import type { Answer } from '../../src/protocol/queries';
import type { Plan } from '../../src/protocol/trace';
import type { Known } from '../inspector/latest';
import { element, setText, show } from '../parts/element';
import { MutingTable } from './mutingTable';
import { mutingVerdict, whyNoMuting } from './tourVerdict';
import type { ShownPair } from './tourWords';

export interface MutingState {
  readonly flips: Answer<'tour'>;
  readonly muting: Known<'tourMuting'>;
  readonly shown: ShownPair;
  readonly plan: Plan;
}

export class MutingResults {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint' });
  private readonly start: HTMLButtonElement;
  private readonly numbers = element('p');
  private readonly verdict = element('p', {
    class: 'tour-verdict',
    attributes: { role: 'status' },
  });
  private readonly table: MutingTable;

  constructor(
    private readonly t: Translate,
    /** How the experiment goes on. */
    state: HTMLElement,
    mute: () => void,
  ) {
    this.start = element('button', {
      class: 'small',
      attributes: { type: 'button' },
      on: { click: mute },
    });
    this.table = new MutingTable(t);
    this.root = element(
      'div',
      { class: 'tour-muting' },
      this.words,
      this.start,
      state,
      this.numbers,
      this.verdict,
      this.table.root,
    );
  }

  update({ flips, muting, shown, plan }: MutingState): void {
    const { t } = this;
    const { answer } = muting;
    const count = flips.clear.length;
    const why = whyNoMuting(plan, flips, shown.pair, t);
    setText(this.words, why ?? this.offer(count));
    show(this.start, why === null && count > 0 && muting.question === null);
    setText(this.start, t('Mute them ({count}), and as many at random', { count }));
    show(this.numbers, answer !== null);
    show(this.verdict, answer !== null);
    show(this.table.root, answer !== null);
    if (answer === null) return;
    const { numbers, meaning } = mutingVerdict(answer, flips, shown.pair, t);
    setText(this.numbers, numbers);
    setText(this.verdict, meaning);
    this.table.update(answer, flips.clear, shown);
  }

  private offer(count: number): string {
    return count === 0
      ? this.t('No head turns clearly, so there is none to mute.')
      : this.t(
          'A weight tells where a head looks, not whether the output needs it. Muted heads add nothing; probabilities are those of the step at which the model as trained writes the pronoun, with the same words written before.',
        );
  }
}
