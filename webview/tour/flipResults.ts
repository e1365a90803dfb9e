/** What the search over all heads found: sentences, counts and the table of heads. */
import type { Translate } from '../../src/language/translate';
import { shortName } from '../../src/navigation/names';
import type { Answer } from '../../src/protocol/queries';
import type { Flip } from '../../src/protocol/studies/tour';
import type { View } from '../inspector/view';
import { card } from '../parts/card';
import { DataTable } from '../parts/dataTable';
import { element, setText } from '../parts/element';
import { countsTable } from './countsTable';
import { FlipTable } from './flipTable';
import { choiceWords, flipVerdict, pronounVerdict } from './tourVerdict';
import type { ShownPair } from './tourWords';

export interface FlipActions {
  /** Shows a head on the sentence. */
  go(flip: Flip): void;
  /** Shows it on both. */
  compare(flip: Flip): void;
}

export class FlipResults {
  readonly root: HTMLElement;
  private readonly outputs = element('dl', { class: 'tour-outputs' });
  private readonly verdict = element('p', {
    class: 'tour-verdict',
    attributes: { role: 'status' },
  });
  private readonly details = element('p', { class: 'hint' });
  private readonly counts: DataTable;
  private readonly table: FlipTable;
  private readonly compare: HTMLButtonElement;
  private answer: Answer<'tour'> | null = null;
  private chosen: Flip | null = null;

  constructor(
    private readonly t: Translate,
    actions: FlipActions,
  ) {
    this.table = new FlipTable(t, (flip) => actions.go(flip));
    this.counts = new DataTable(t('How many heads turn'));
    this.compare = element('button', {
      class: 'small',
      attributes: { type: 'button' },
      on: {
        click: () => {
          const flip = this.chosen ?? this.answer?.flips[0];
          if (flip) actions.compare(flip);
        },
      },
    });
    this.root = card(
      t('Heads that turn'),
      '',
      this.outputs,
      this.verdict,
      this.details,
      this.counts.root,
      this.table.root,
      element('div', { class: 'actions' }, this.compare),
    );
  }

  update(answer: Answer<'tour'>, shown: ShownPair, { navigation }: View): void {
    const { t } = this;
    const isNew = answer !== this.answer;
    this.answer = answer;
    const on = answer.flips.filter(
      ({ stack, layer, head }) =>
        stack === navigation.stack && layer === navigation.layer && head === navigation.head,
    );
    // A head of cross-attention has several rows: the one whose token is on view.
    this.chosen =
      on.find((flip) => askingToken(flip, answer) === navigation.token?.index) ?? on[0] ?? null;
    this.table.update(answer.flips, shown, this.chosen);
    const named = this.chosen ?? answer.flips[0];
    if (named)
      setText(this.compare, t('Compare both sentences at {head}', { head: shortName(named, t) }));
    if (!isNew) return;
    setText(this.verdict, flipVerdict(answer, t));
    const details = [pronounVerdict(answer, shown.pair, t), choiceWords(answer, shown.pair, t)];
    setText(this.details, details.filter((words) => words !== null).join(' '));
    this.counts.update(JSON.stringify([shown.pair, answer.counts]), () =>
      countsTable(answer.counts, shown.pair, t),
    );
    this.outputs.replaceChildren(
      ...answer.reads.flatMap(({ output }, sentence) =>
        output === null
          ? []
          : [
              element('dt', {}, `… ${shown.words[sentence]}`),
              element('dd', { attributes: { dir: 'auto' } }, output),
            ],
      ),
    );
  }
}

/** The token that asks, in the first sentence. */
function askingToken({ asker }: Flip, { reads }: Answer<'tour'>): number | null {
  const [{ word, last, pronoun }] = reads;
  switch (asker) {
    case 'word':
      return word[0];
    case 'last':
      return last[0];
    case 'writes':
      return pronoun && pronoun.token - 1;
    case 'pronoun':
      return pronoun && pronoun.token;
  }
}
