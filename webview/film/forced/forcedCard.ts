/** Teacher forcing: an output that the reader gives, and how improbable each of its tokens is to the model. */
import type { Translate } from '../../../src/language/translate';
import { visibleText } from '../../../src/navigation/labels';
import { currentStep, toStep } from '../../../src/navigation/film';
import { isRunning } from '../../../src/navigation/traceState';
import { plainWriting } from '../../../src/protocol/writing';
import type { Commands, Part, View } from '../../inspector/view';
import { card } from '../../parts/card';
import { element, setText, show } from '../../parts/element';
import { ForcedForm } from './forcedForm';
import { isForced, lossOf, meanLoss, type Loss } from './loss';
import { LossBars } from './lossBars';
import { LossTables } from './lossTables';
import { ownOutput, timesAsProbable } from './ownOutput';
import { lossWords, perplexityWords } from './smallNumbers';

export class ForcedCard implements Part {
  readonly root: HTMLElement;
  private readonly form: ForcedForm;
  private readonly bars: LossBars;
  private readonly tables: LossTables;
  private readonly totals = element('p', { class: 'loss-totals' });
  private readonly counted = element('p', { class: 'hint' });
  private readonly own = element('p', { class: 'loss-own' });
  private readonly writeOwn: HTMLElement;
  private readonly results: HTMLElement;
  private view: View | null = null;
  private known: { readonly written: View['snapshot']['written']; readonly loss: Loss } | null =
    null;

  constructor(
    private readonly t: Translate,
    commands: Commands,
  ) {
    const go = (step: number): void => {
      const { view } = this;
      if (view !== null) commands.navigate(toStep(view.snapshot, view.navigation, step));
    };
    this.form = new ForcedForm(t, (text) =>
      commands.write({ ...plainWriting, begin: { ids: [], text }, further: false }),
    );
    this.bars = new LossBars(t, go);
    this.tables = new LossTables(t, go);
    this.writeOwn = element(
      'button',
      {
        class: 'link',
        attributes: { type: 'button' },
        on: { click: () => commands.write(plainWriting) },
      },
      t('Let the model write its own output to compare with'),
    );
    this.results = element(
      'div',
      { class: 'forced-results' },
      this.totals,
      this.own,
      this.writeOwn,
      this.bars.root,
      this.tables.root,
      this.counted,
    );
    this.root = card(
      t('Teacher forcing: your own output'),
      '',
      element(
        'p',
        { class: 'hint' },
        t(
          'The model is given this output token by token instead of its own choice. It tells how probable each token was, and every view shows the attention for exactly this output.',
        ),
      ),
      this.form.root,
      this.results,
    );
  }

  update(view: View): void {
    this.view = view;
    const { snapshot, navigation, theme } = view;
    const { plan, written, output, trace } = snapshot;
    this.form.update(output, plan?.model.architecture === 'decoder');
    const forced = isForced(snapshot);
    show(this.results, forced);
    if (!forced) return;
    const loss = this.lossOf(written);
    const step = currentStep(snapshot, navigation);
    this.bars.update(loss, theme, step);
    this.tables.update(loss, `${trace}/${written.length}`, step);
    // A sum of some tokens is no sum of the output.
    const done = !isRunning(snapshot);
    for (const part of [this.totals, this.counted]) show(part, done);
    this.compare(loss, done);
    if (!done) return;
    setText(this.totals, this.totalWords(loss));
    setText(this.counted, this.countWords(view, loss));
  }

  /** Scrubbing draws the same losses again and again. */
  private lossOf(written: View['snapshot']['written']): Loss {
    if (this.known?.written !== written) this.known = { written, loss: lossOf(written) };
    return this.known.loss;
  }

  private totalWords({ tokens, total, mean, bits, perplexity }: Loss): string {
    return this.t(
      'Loss {total} over {tokens} tokens; mean {mean} ({bits} bits), perplexity {perplexity}.',
      {
        total: lossWords(total),
        tokens: tokens.length,
        mean: lossWords(mean),
        bits: lossWords(bits),
        perplexity: perplexityWords(perplexity),
      },
    );
  }

  private countWords({ snapshot }: View, { tokens, total }: Loss): string {
    const { t } = this;
    const last = tokens.at(-1)?.written.token;
    const words = [
      t(
        'The loss of a token is −ln p (natural logarithm; p by the softmax of the logits as computed), the mean is over all given tokens, perplexity is e to the mean.',
      ),
    ];
    if (last?.special === true)
      words.push(
        t('The end of the sequence, “{token}”, counts as a token.', { token: last.piece }),
      );
    else if (snapshot.plan?.model.architecture === 'decoder')
      words.push(t('No end was given, so none counts.'));
    if (!Number.isFinite(total))
      words.push(t('A probability too small for a number makes its loss infinite.'));
    return words.join(' ');
  }

  private compare({ tokens, total }: Loss, done: boolean): void {
    const { t } = this;
    const branch = this.view === null ? null : ownOutput(this.view.reader.branches);
    show(this.own, done && branch !== null);
    show(this.writeOwn, done && branch === null);
    if (!done || branch === null) return;
    const ids = tokens.map(({ written }) => written.token.id);
    const same =
      branch.tokens.length === ids.length && branch.tokens.every(({ id }, i) => id === ids[i]);
    if (same) {
      setText(this.own, t('It is, token for token, what the model writes itself.'));
      return;
    }
    const own = meanLoss(-branch.logProbability, branch.tokens.length);
    const told = t(
      'The model’s own output, “{output}”: loss {total} over {tokens} tokens; mean {mean}, perplexity {perplexity}.',
      {
        output: visibleText(branch.output),
        total: lossWords(own.total),
        tokens: branch.tokens.length,
        mean: lossWords(own.mean),
        perplexity: perplexityWords(own.perplexity),
      },
    );
    // An output that was cut off is the likelier, the shorter it is: no whole to compare.
    const end = tokens.at(-1)?.written.token;
    const isWhole = end?.special === true && branch.tokens.at(-1)?.id === end.id;
    setText(this.own, isWhole ? `${told} ${this.beside(total - own.total)}` : told);
  }

  /** @param nats how much larger the loss of the given output is */
  private beside(nats: number): string {
    const { t } = this;
    const times = timesAsProbable(nats);
    if (times === null) return t('Both are as probable as a whole.');
    return nats > 0
      ? t('As a whole it is {times} times as probable as yours.', { times })
      : t(
          'As a whole yours is {times} times as probable: the likeliest token at each step does not make the likeliest output.',
          { times },
        );
  }
}
