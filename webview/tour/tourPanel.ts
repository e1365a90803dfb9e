/** The “it” tour: which heads turn with the last word of a sentence, and whether the output needs them. */
import type { Translate } from '../../src/language/translate';
import type { NavigationChange } from '../../src/protocol/navigation';
import type { Flip } from '../../src/protocol/studies/tour';
import type { Commands, Part, View } from '../inspector/view';
import { card } from '../parts/card';
import { element, show } from '../parts/element';
import { StudyState } from '../parts/studyState';
import { FlipResults } from './flipResults';
import { MutingResults } from './mutingResults';
import { PairList } from './pairList';
import { TourResults, type PairResults } from './tourResults';

/** Heads muted one by one; more would be a long wait and a longer table. */
const SINGLE_HEADS = 8;
/** Random sets: enough for a range. */
const DRAWS = 5;

export class TourPanel implements Part {
  readonly root: HTMLElement;
  private readonly pairs: PairList;
  private readonly results: TourResults;
  private readonly flips: FlipResults;
  private readonly muting: MutingResults;
  private readonly flipState: StudyState;
  private readonly mutingState: StudyState;
  private readonly found: HTMLElement;
  private readonly waiting: HTMLElement;
  private view: View | null = null;
  private current: PairResults | null = null;

  constructor(
    t: Translate,
    private readonly commands: Commands,
  ) {
    const redraw = (): void => {
      if (this.view?.navigation.view === 'tour') this.update(this.view);
    };
    this.results = new TourResults(commands, redraw);
    this.pairs = new PairList(t, redraw, (text) => this.show(text, { view: 'tour' }));
    this.flips = new FlipResults(t, {
      go: (flip) => this.go(flip),
      compare: (flip) => this.compare(flip),
    });
    this.flipState = new StudyState(
      t,
      studied(() => this.current?.flips ?? null),
    );
    this.mutingState = new StudyState(
      t,
      studied(() => this.current?.muting ?? null),
    );
    this.muting = new MutingResults(t, this.mutingState.root, () => this.mute());
    this.found = element(
      'div',
      { class: 'tour-found' },
      this.flips.root,
      card(t('Mute them'), '', this.muting.root),
    );
    this.waiting = element('p', { class: 'waiting' }, t('All heads are searched…'));
    this.root = element(
      'div',
      { class: 'tour-panel' },
      element(
        'p',
        { class: 'hint' },
        t(
          'Each pair of sentences differs in the last word, and with it in the noun that “it” stands for. Which heads turn with it, and does the output need them?',
        ),
      ),
      this.pairs.root,
      element('div', {}, this.flipState.root, this.waiting),
      this.found,
    );
  }

  update(view: View): void {
    this.view = view;
    const { plan } = view.snapshot;
    if (plan === null) return;
    this.pairs.update(plan.text);
    const { shown } = this.pairs;
    this.current = this.results.of(view, shown.pair);
    const { flips, muting } = this.current;
    flips.want({ pair: shown.pair });
    this.flipState.update();
    this.mutingState.update();
    const { answer } = flips.known;
    show(this.found, answer !== null);
    show(this.waiting, answer === null && flips.known.failure === null);
    if (answer === null) return;
    this.flips.update(answer, shown, view);
    this.muting.update({ flips: answer, muting: muting.known, shown, plan });
  }

  private mute(): void {
    const { current } = this;
    const answer = current?.flips.known.answer;
    if (!current || !answer || answer.clear.length === 0) return;
    const { pair } = this.pairs.shown;
    current.muting.want({ pair, heads: answer.clear, single: SINGLE_HEADS, draws: DRAWS });
    if (this.view) this.update(this.view);
  }

  /** The head on a sentence of the pair: on the one that is on view, else on the first. */
  private go(flip: Flip): void {
    const { sentences } = this.pairs.shown.pair;
    const on = sentences.indexOf(this.view?.snapshot.plan?.text ?? '');
    const sentence = on < 0 ? 0 : on;
    const change = this.sightOf(flip, sentence);
    if (on < 0) this.show(sentences[sentence]!, { ...change, view: 'tour' });
    else this.commands.navigate(change);
  }

  /** The head on both sentences, side by side. */
  private compare(flip: Flip): void {
    const [first, second] = this.pairs.shown.pair.sentences;
    this.commands.inspect(
      { text: second, change: { ...this.sightOf(flip, 1), view: 'compare' } },
      { text: first, change: this.sightOf(flip, 0) },
    );
  }

  private show(text: string, change: NavigationChange): void {
    this.commands.inspect({ text, change }, null);
  }

  private sightOf({ stack, layer, head, asker }: Flip, sentence: number): NavigationChange {
    const { word, last, pronoun } = this.current!.flips.known.answer!.reads[sentence]!;
    const at: Record<Flip['asker'], readonly ['source' | 'target', number]> = {
      word: ['source', word[0]],
      last: ['source', last[0]],
      writes: ['target', (pronoun?.token ?? 1) - 1],
      pronoun: ['target', pronoun?.token ?? 0],
    };
    const [side, index] = at[asker];
    return {
      ...{ stack, layer, head, direction: 'looksAt', unit: 'token' },
      token: { side, index, locked: true },
    };
  }
}

type AnyResult = PairResults[keyof PairResults];

/** The study of the pair that is on view, whichever that is. */
function studied(current: () => AnyResult | null): ConstructorParameters<typeof StudyState>[1] {
  const nothing = { question: null, fresh: false, failure: null, progress: null };
  return {
    get known() {
      return current()?.known ?? nothing;
    },
    retry: () => current()?.retry(),
    cancel: () => current()?.cancel(),
  };
}
