/** How the model writes: what the output on screen was written with, and what it is to be written with next. */
import { describeFailure, type Translate } from '../../../src/language/translate';
import { visibleText } from '../../../src/navigation/labels';
import { isRunning } from '../../../src/navigation/traceState';
import type { TraceId } from '../../../src/protocol/trace';
import { plainWriting, type Writing } from '../../../src/protocol/writing';
import { Latest } from '../../inspector/latest';
import type { Commands, Part, View } from '../../inspector/view';
import { card } from '../../parts/card';
import { element, setAttribute, setText, show } from '../../parts/element';
import { hasFocusWithin } from '../../parts/focusWithin';
import { FIRST_TOKENS } from '../forking';
import { CheckpointOptions } from './checkpointOptions';
import { differences, emptyForm, formOf, readForm, type SearchForm } from './searchForm';
import { SettingsForm } from './settingsForm';
import { writingOnScreen } from './writingOnScreen';
import { writingWords } from './writingWords';

export class SearchCard implements Part {
  readonly root: HTMLElement;
  private readonly settings: Latest<'generationSettings'>;
  private readonly fields: SettingsForm;
  private readonly options: CheckpointOptions;
  private readonly now = element('p', { class: 'writing-now', attributes: { dir: 'auto' } });
  private readonly write: HTMLButtonElement;
  private readonly asCheckpoint: HTMLButtonElement;
  private readonly onlyRead: HTMLButtonElement;
  private readonly cancel: HTMLButtonElement;
  /** Not said aloud: it is another with every token. */
  private readonly progress = element('span', { class: 'hint' });
  private readonly said = element('span', { class: 'hint', attributes: { role: 'status' } });
  private form: SearchForm = emptyForm;
  /** What the form was last filled from: edits stay until another output is on screen. */
  private filledFrom = '';
  private trace: TraceId | null = null;
  private model = '';
  private view: View | null = null;

  constructor(
    private readonly t: Translate,
    private readonly commands: Commands,
  ) {
    this.settings = new Latest<'generationSettings'>(
      (question, signal) => commands.ask('generationSettings', question, signal),
      () => this.redraw(),
    );
    const button = (words: string, title: string, click: () => void): HTMLButtonElement =>
      element(
        'button',
        { class: 'action', attributes: { type: 'button', title }, on: { click } },
        words,
      );
    this.write = element(
      'button',
      { class: 'action primary', attributes: { type: 'submit' } },
      t('Write'),
    );
    this.asCheckpoint = button(
      t('As the checkpoint asks'),
      t('Fills the form with what generation_config.json and config.json ask for'),
      () => {
        const { answer } = this.settings.known;
        if (answer === null) return;
        // What this text is to begin with, and what it must not say, no checkpoint knows.
        const { ids, text, forbidden } = this.form;
        this.edit({ ...formOf(answer.writing, this.form), ids, text, forbidden });
      },
    );
    const plain = button(
      t('Plain greedy'),
      t('Fills the form with the likeliest token at each step, and nothing else'),
      () => this.edit(formOf(plainWriting, this.form)),
    );
    this.onlyRead = button(t('Only read'), t('The model reads the text and writes nothing'), () =>
      commands.write(null),
    );
    this.cancel = button(t('Cancel'), t('Stop writing; what is there stays'), () => {
      this.write.focus();
      commands.cancel();
    });
    this.fields = new SettingsForm(
      t,
      { changed: (form) => this.edit(form), write: () => this.send() },
      element(
        'div',
        { class: 'writing-actions' },
        this.write,
        this.asCheckpoint,
        plain,
        this.onlyRead,
        this.cancel,
        this.progress,
        this.said,
      ),
    );
    this.options = new CheckpointOptions(t);
    this.root = card(t('How it is written'), '', this.now, this.fields.root, this.options.root);
    this.root.classList.add('search-card');
  }

  update(view: View): void {
    const { snapshot } = view;
    this.view = view;
    const { plan } = snapshot;
    show(this.root, plan !== null);
    if (plan === null) return;
    this.wantSettings(snapshot.trace, JSON.stringify(plan.model));
    const shown = writingOnScreen(view);
    const key = JSON.stringify(shown);
    if (key !== this.filledFrom) {
      this.filledFrom = key;
      this.form = shown === null ? this.firstForm() : formOf(shown, this.form);
    }
    this.draw(view, shown);
  }

  /** Of the same model it is nearly the same answer: that stays until the new one is there. */
  private wantSettings(trace: TraceId, model: string): void {
    if (model !== this.model) this.settings.reset();
    else if (trace !== this.trace) this.settings.refresh();
    [this.trace, this.model] = [trace, model];
    this.settings.want({});
  }

  private draw(view: View, shown: Writing | null): void {
    const { t, form } = this;
    const { snapshot } = view;
    const { plan } = snapshot;
    if (plan === null) return;
    const { wrong } = readForm(form);
    const other = shown === null ? null : formOf(shown, form);
    const most = plan.writing === null ? null : plan.maxNewTokens;
    this.fields.update(form, other, wrong, this.givenText(view), most);
    setText(
      this.now,
      shown === null
        ? t('The model has read the text and written nothing. Let it go on from there:')
        : t('On screen: {words}', { words: writingWords(t, shown) }),
    );
    const { answer, failure } = this.settings.known;
    setAttribute(this.asCheckpoint, 'aria-disabled', answer === null ? 'true' : null);
    this.options.update(answer);
    const running = isRunning(snapshot);
    if (!running && hasFocusWithin(this.cancel)) this.write.focus();
    show(this.cancel, running && shown !== null);
    show(this.onlyRead, !running && shown !== null && plan.model.architecture === 'decoder');
    setAttribute(this.write, 'aria-disabled', wrong.length > 0 ? 'true' : null);
    const changed = other !== null && differences(form, other).length > 0;
    const writes = running && shown !== null;
    setText(this.progress, writes ? this.progressWords(view) : '');
    setText(
      this.said,
      writes
        ? ''
        : failure !== null
          ? describeFailure(failure, t)
          : changed && wrong.length === 0
            ? t('The marked settings differ from what is on screen: Write uses them.')
            : '',
    );
  }

  /** Under a text that was only read: nothing is given yet, and a model that only decodes may never end. */
  private firstForm(): SearchForm {
    const { maxNewTokens } = this.form;
    const most = maxNewTokens === '' ? String(FIRST_TOKENS) : maxNewTokens;
    return { ...this.form, ids: [], maxNewTokens: most };
  }

  private progressWords({ snapshot }: View): string {
    const { search, written } = snapshot;
    return search !== null && written.length === 0
      ? this.t('Searching: step {step}…', { step: search.steps.length })
      : this.t('Writing: {count} tokens…', { count: written.length });
  }

  /** What the tokens say that are given in the form: they are the first on screen. */
  private givenText({ snapshot }: View): string | null {
    const { length } = this.form.ids;
    const given = snapshot.written.slice(0, length).map(({ token }) => token);
    if (length === 0 || given.length < length) return null;
    const end = given.findLast(({ span }) => span !== null)?.span?.[1] ?? 0;
    const text = snapshot.output.slice(0, end);
    return visibleText(text === '' ? given.map(({ label }) => label).join(' ') : text);
  }

  private edit(form: SearchForm): void {
    this.form = form;
    this.redraw();
  }

  private redraw(): void {
    if (this.view !== null) this.draw(this.view, writingOnScreen(this.view));
  }

  private send(): void {
    const { writing, wrong } = readForm(this.form);
    if (writing !== null) this.commands.write(writing);
    else if (wrong[0] !== undefined) this.fields.focus(wrong[0]);
  }
}
