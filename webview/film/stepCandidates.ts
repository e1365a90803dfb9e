/** What the model might have written at a step, what it did write, and ways to go on from another token. */
import type { Translate } from '../../src/language/translate';
import { candidateName } from '../../src/navigation/labels';
import type { Candidate, WrittenToken } from '../../src/protocol/trace';
import type { Commands, View } from '../inspector/view';
import { candidateLabel } from '../parts/candidateLabel';
import { DataTable, type Cell, type Column, type Row, type TableData } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { probabilityWords } from './forced/smallNumbers';
import { forkedAtText, forkedAtToken } from './forking';
import { stepLabel, type FilmSight } from './filmSight';

/** A candidate with what became of its probability. */
interface Entry {
  readonly candidate: Candidate;
  /** After rules, temperature and cuts; null: nothing was done to it. */
  readonly searched: number | null;
  readonly chosen: boolean;
  /** It is not one of the likeliest. */
  readonly beyond: boolean;
}

/** The likeliest, and after them the token itself where it is none of them. */
export function candidateEntries(written: WrittenToken): Entry[] {
  const { token, candidates, searched, probability } = written;
  const listed = candidates.map((candidate, i): Entry => ({
    candidate,
    searched: searched === null ? null : (searched.candidates[i] ?? 0),
    chosen: candidate.id === token.id,
    beyond: false,
  }));
  if (listed.some(({ chosen }) => chosen)) return listed;
  const { id, label } = token;
  const candidate = { id, label, continues: null, probability };
  return [
    ...listed,
    { candidate, searched: searched?.probability ?? null, chosen: true, beyond: true },
  ];
}

export class StepCandidates {
  readonly root: HTMLElement;
  private readonly words = element('p', { class: 'hint', attributes: { dir: 'auto' } });
  private readonly table: DataTable;
  private readonly field: HTMLInputElement;
  private readonly branch: HTMLButtonElement;
  private readonly stamps = new Stamps();
  private shown: { view: View; film: FilmSight } | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.table = new DataTable(t('Candidates'));
    this.table.root.classList.add('film-candidates');
    this.field = element('input', {
      attributes: {
        type: 'text',
        placeholder: t('another text here…'),
        'aria-label': t('Another text in place of this token'),
      },
      on: {
        input: () => (this.branch.disabled = this.field.value === ''),
      },
    });
    this.branch = element(
      'button',
      { class: 'small', attributes: { type: 'submit', disabled: true } },
      t('Branch here'),
    );
    const form = element(
      'form',
      {
        class: 'film-branch',
        on: {
          submit: (event) => {
            event.preventDefault();
            this.branchAtText();
          },
        },
      },
      this.field,
      this.branch,
    );
    this.root = element(
      'section',
      { class: 'card film-card' },
      element('h3', { class: 'small-title' }, t('What it might have written')),
      this.words,
      this.table.root,
      form,
      element(
        'p',
        { class: 'hint' },
        t(
          'A branch keeps all tokens before this step, takes that token or text, and goes on from there.',
        ),
      ),
    );
  }

  update(view: View, film: FilmSight): void {
    this.shown = { view, film };
    const { written, step } = film;
    const words = this.wordsOn(view, film);
    setText(this.words, words);
    show(this.words, words !== '');
    this.table.update(`${view.snapshot.trace} ${step} ${this.stamps.of(written)}`, () =>
      this.dataOf(written),
    );
  }

  private wordsOn({ snapshot }: View, { written, step }: FilmSight): string {
    const { t } = this;
    const token = stepLabel(snapshot, step);
    const listed = written.candidates.some(({ id }) => id === written.token.id);
    const rank = written.rank + 1;
    if (written.given && written.rank === 0)
      return t('“{token}” was given, and the model would have written it, too.', { token });
    if (written.given)
      return written.rank === 1
        ? t('“{token}” was given, not chosen: to the model one token was likelier.', { token })
        : t('“{token}” was given, not chosen: to the model {count} tokens were likelier.', {
            token,
            count: written.rank,
          });
    return listed ? '' : t('“{token}” is number {rank} of the likeliest.', { token, rank });
  }

  private dataOf(written: WrittenToken): TableData {
    const { t } = this;
    const searched = written.searched !== null;
    const bar = (name: string, title: string): Column => ({ name, title, kind: 'bar' });
    return {
      columns: [
        { name: t('Candidate'), kind: 'header' },
        bar(t('Probability'), t('Softmax of the model’s scores as computed')),
        ...(searched
          ? [
              bar(
                t('After the rules'),
                t('After repetition penalty, forbidden tokens, temperature and cuts'),
              ),
            ]
          : []),
        { name: t('Choice'), kind: 'text' },
      ],
      rows: candidateEntries(written).map((entry) => this.rowOf(entry, written, searched)),
    };
  }

  private rowOf(
    { candidate, searched, chosen, beyond }: Entry,
    written: WrittenToken,
    both: boolean,
  ): Row {
    const { t } = this;
    const { probability } = candidate;
    const said = chosen ? (written.given ? t('given') : t('chosen')) : '';
    return {
      cells: [
        { text: candidateName(candidate), content: candidateLabel(candidate, t) },
        { text: probabilityWords(probability), share: probability },
        ...(both ? [searchedCell(searched)] : []),
        chosen ? said : { text: t('Branch here'), content: this.branchButton(candidate) },
      ],
      kind: [...(chosen ? ['written'] : []), ...(beyond ? ['beyond'] : [])].join(' '),
    };
  }

  private branchButton(candidate: Candidate): HTMLElement {
    const { t } = this;
    return element(
      'button',
      {
        class: 'link',
        attributes: {
          type: 'button',
          'aria-label': t('Branch here: “{token}”', { token: candidateName(candidate) }),
        },
        on: {
          click: () => {
            if (this.shown === null) return;
            const { view, film } = this.shown;
            this.commands.write(forkedAtToken(view.snapshot, film.step, candidate.id));
          },
        },
      },
      t('Branch here'),
    );
  }

  private branchAtText(): void {
    const text = this.field.value;
    if (this.shown === null || text === '') return;
    const { view, film } = this.shown;
    this.commands.write(forkedAtText(view.snapshot, film.step, text));
    // At the next step it would be another branch.
    this.field.value = '';
    this.branch.disabled = true;
  }
}

const searchedCell = (value: number | null): Cell =>
  value === null ? '' : { text: probabilityWords(value), share: value };
