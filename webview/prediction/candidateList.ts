/** Candidates with their probabilities, and among or after them the token that does stand there. */
import { describeFailure, type Translate } from '../../src/language/translate';
import { candidateName } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import type { Candidate } from '../../src/protocol/trace';
import { candidateLabel } from '../parts/candidateLabel';
import { DataTable, type Row } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import type { Asked } from './askedCandidates';

export class CandidateList {
  readonly root: HTMLElement;
  private readonly waiting = element('p', { class: 'hint' });
  private readonly table: DataTable;
  private version = 0;
  private shown: Asked['answer'] = null;

  constructor(private readonly t: Translate) {
    this.table = new DataTable(t('Candidates'));
    this.table.root.classList.add('candidate-list');
    this.root = element('div', {}, this.waiting, this.table.root);
  }

  /** `compared`: whether the token that stands there is marked, or added where it is not among them. */
  update({ answer, failure }: Asked, compared: boolean): void {
    const { t } = this;
    show(this.waiting, answer === null);
    setText(this.waiting, failure === null ? t('Asking the engine…') : describeFailure(failure, t));
    show(this.table.root, answer !== null);
    if (answer === null) return;
    if (answer !== this.shown) this.version++;
    this.shown = answer;
    const { candidates } = answer;
    const actual = compared ? answer.actual : null;
    this.table.update(`${this.version}/${compared}`, () => {
      const rowOf = (candidate: Candidate): Row => ({
        cells: [
          { text: candidateName(candidate), content: candidateLabel(candidate, t) },
          { text: fourDecimals(candidate.probability), share: candidate.probability },
        ],
        kind: candidate.id === actual?.id ? 'written' : '',
      });
      const isListed = candidates.some(({ id }) => id === actual?.id);
      return {
        columns: [
          { name: t('Candidate'), kind: 'header' },
          { name: t('Probability'), kind: 'bar' },
        ],
        rows: [
          ...candidates.map(rowOf),
          ...(actual === null || isListed ? [] : [{ ...rowOf(actual), kind: 'written beyond' }]),
        ],
      };
    });
  }
}
