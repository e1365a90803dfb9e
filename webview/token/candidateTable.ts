/** What else the model might have written where the chosen output token stands. */
import type { Translate } from '../../src/language/translate';
import { nineDigits } from '../../src/navigation/names';
import type { ColourScale } from '../../src/palette/weightScale';
import type { TokenTable } from '../../src/protocol/tokenViewMessages';
import type { Candidate } from '../../src/protocol/trace';
import { candidateLabel } from '../parts/candidateLabel';
import { element, setText, show } from '../parts/element';
import { BarCell } from '../parts/barCell';

export class CandidateTable {
  readonly root: HTMLElement;
  private readonly title = element('h2', { class: 'small-title' });
  private readonly body = element('tbody');

  constructor(private readonly t: Translate) {
    const header = (words: string): HTMLElement =>
      element('th', { attributes: { scope: 'col' } }, words);
    this.root = element(
      'section',
      { class: 'candidates-section', attributes: { 'aria-label': t('Candidates') } },
      this.title,
      element(
        'table',
        { class: 'candidates' },
        element('thead', {}, element('tr', {}, header(t('Candidate')), header(t('Probability')))),
        this.body,
      ),
    );
  }

  update(shown: TokenTable, scale: ColourScale): void {
    const { candidates, chosen, address, label } = shown;
    show(this.root, candidates !== null);
    if (candidates === null) return;
    setText(
      this.title,
      this.t('Candidates for “{token}”, written at position {position}', {
        token: label,
        position: address.token,
      }),
    );
    this.body.replaceChildren(
      ...candidates.map((candidate) => rowOf(candidate, chosen.id, scale, this.t)),
    );
  }
}

function rowOf(candidate: Candidate, written: number, scale: ColourScale, t: Translate): Node {
  const { id, probability } = candidate;
  const cell = new BarCell();
  // Of all that might have stood there: a full bar is certainty.
  cell.update(probability, 1, scale);
  cell.root.title = nineDigits(probability);
  return element(
    'tr',
    { class: id === written ? 'written' : '' },
    element(
      'th',
      { class: 'token-name', attributes: { scope: 'row', dir: 'auto' } },
      candidateLabel(candidate, t),
    ),
    cell.root,
  );
}
