/** What the model says, as trained and changed: candidates, labels, answers, written tokens. */
import type { Translate } from '../../src/language/translate';
import { labelAt, visibleText } from '../../src/navigation/labels';
import { fourDecimals } from '../../src/navigation/names';
import { tokensOf } from '../../src/navigation/traceState';
import type { Both, ChangedOutput } from '../../src/protocol/studies/whatIfOutput';
import type { TraceSnapshot } from '../../src/protocol/traceSnapshot';
import { signedFourDecimals } from '../drawing/difference';
import { entryOfToken } from '../inspector/tokenEntries';
import type { Known } from '../inspector/latest';
import type { Commands, View } from '../inspector/view';
import { candidateLabel } from '../parts/candidateLabel';
import { card } from '../parts/card';
import { DataTable, type Cell, type Column, type Row } from '../parts/dataTable';
import { element, setText, show } from '../parts/element';
import { Stamps } from '../parts/stamps';
import { TwinTable } from '../parts/twinTable';
import { named } from './outputWords';

type Candidate = Extract<ChangedOutput, { kind: 'tokens' }>['candidates'][number];
type Written = Extract<ChangedOutput, { kind: 'written' }>;

export class ChangedOutputCard {
  readonly root: HTMLElement;
  private readonly content: HTMLElement;
  private readonly where = element('p', { class: 'output-where', attributes: { dir: 'auto' } });
  private readonly table: DataTable;
  private readonly measures = element('p', { class: 'hint' });
  private readonly steps: TwinTable;
  private readonly stamps = new Stamps();

  /** @param state shows how the answer comes along */
  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
    state: HTMLElement,
  ) {
    this.table = new DataTable(t('What the model says, as trained and changed'));
    this.steps = new TwinTable(t('Every written token'));
    this.steps.root.open = true;
    this.content = element('div', {}, this.where, this.table.root, this.measures, this.steps.root);
    this.root = card(t('What the model says'), '', state, this.content);
  }

  update({ answer, failure }: Known<'whatIfOutput'>, view: View): void {
    show(this.content, answer !== null && failure === null);
    if (answer === null || failure !== null) return;
    const { output, cosine } = answer;
    const key = this.stamps.of(answer);
    setText(this.where, this.whereWords(output, view.snapshot));
    show(this.where, this.where.textContent !== '');
    show(this.table.root, output.kind !== 'states');
    this.table.update(key, () => ({
      columns: this.columns(output),
      rows: this.rows(output, view),
    }));
    setText(this.measures, this.measureWords(output, cosine));
    show(this.steps.root, output.kind === 'written');
    if (output.kind === 'written')
      this.steps.update(
        key,
        () => ({ columns: this.stepColumns(), rows: this.stepRows(output, view) }),
        output.position,
      );
  }

  private whereWords(output: ChangedOutput, snapshot: TraceSnapshot): string {
    const { t } = this;
    const token = (side: 'source' | 'target', index: number): string =>
      labelAt(tokensOf(snapshot, side), index);
    switch (output.kind) {
      case 'written': {
        const given = snapshot.plan?.target.length ?? 0;
        return t('After “{token}”, where “{next}” was written:', {
          token: token('target', given + output.position - 1),
          next: token('target', given + output.position),
        });
      }
      case 'tokens':
        return snapshot.plan?.model.task === 'nextToken'
          ? t('After “{token}” it expects:', { token: token('source', output.position) })
          : t('In the place of “{token}” it expects:', { token: token('source', output.position) });
      case 'tokenLabels':
        return t('Of “{token}” it says:', { token: token('source', output.position) });
      default:
        return '';
    }
  }

  private measureWords(output: ChangedOutput, cosine: number): string {
    const { t } = this;
    const near = t('Cosine of what the output reads there with that as trained: {cosine}.', {
      cosine: fourDecimals(cosine),
    });
    if (!('divergence' in output) || output.divergence === null)
      return 'position' in output ? near : '';
    const bits = t('Kullback–Leibler divergence KL(as trained ‖ changed): {bits} bits.', {
      bits: fourDecimals(output.divergence),
    });
    return `${bits} ${near}`;
  }

  private columns({ kind }: ChangedOutput): Column[] {
    const { t } = this;
    const names: Record<ChangedOutput['kind'], string> = {
      tokens: t('Candidate'),
      written: t('Candidate'),
      sequenceLabels: t('Label'),
      tokenLabels: t('Label'),
      answerSpan: t('Answer'),
      replacedToken: t('Token'),
      states: '',
    };
    return [
      { name: names[kind], kind: 'header' },
      { name: t('As trained'), kind: 'bar' },
      { name: t('Changed'), kind: 'bar' },
      { name: t('Difference'), kind: 'number' },
    ];
  }

  private rows(output: ChangedOutput, view: View): Row[] {
    switch (output.kind) {
      case 'tokens': {
        const { candidates, actual } = output;
        const listed = candidates.some(({ id }) => id === actual?.id);
        const rest = actual === null || listed ? [] : [actual];
        return [...candidates, ...rest].map((one) => ({
          ...rowOf(this.named(one), one),
          kind: one.id === actual?.id ? 'written' : '',
        }));
      }
      case 'written': {
        const id = view.snapshot.written[output.position]?.token.id;
        return output.candidates.map((one) => ({
          ...rowOf(this.named(one), one),
          kind: one.id === id ? 'written' : '',
        }));
      }
      case 'sequenceLabels':
      case 'tokenLabels':
        return named(output.labels, view.snapshot).map((one) => rowOf(one.name, one));
      case 'answerSpan':
        return output.answers.map((one) => rowOf(visibleText(one.text), one));
      case 'replacedToken':
        return output.tokens.map((one, index) =>
          rowOf(labelAt(tokensOf(view.snapshot, 'source'), index), one),
        );
      case 'states':
        return [];
    }
  }

  private named({ id, label, continues }: Candidate): Cell {
    const candidate = { id, label, continues, probability: 0 };
    return { text: label, content: candidateLabel(candidate, this.t) };
  }

  private stepColumns(): Column[] {
    const { t } = this;
    return [
      { name: t('Token'), kind: 'header' },
      { name: t('As trained'), kind: 'bar' },
      { name: t('Changed'), kind: 'bar' },
      {
        name: t('Bits'),
        kind: 'number',
        title: t('Kullback–Leibler divergence KL(as trained ‖ changed) at this step'),
      },
    ];
  }

  private stepRows({ steps }: Written, view: View): Row[] {
    const given = view.snapshot.plan?.target.length ?? 0;
    const tokens = tokensOf(view.snapshot, 'target');
    return steps.map((step, i) => ({
      cells: [
        labelAt(tokens, given + i),
        share(step.asTrained),
        share(step.changed),
        fourDecimals(step.divergence),
      ],
      go: () =>
        this.commands.choose(entryOfToken(view, { side: 'target', index: given + i }), true),
    }));
  }
}

const share = (probability: number): Cell => ({
  text: fourDecimals(probability),
  share: probability,
});

const rowOf = (name: Cell, both: Both): Row => ({
  cells: [
    name,
    share(both.asTrained),
    share(both.changed),
    signedFourDecimals(both.changed - both.asTrained),
  ],
});
